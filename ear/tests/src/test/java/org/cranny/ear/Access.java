package org.cranny.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is let in where, asked of everything that {@code docs/reference/access.md} lists, in every role, and of every page. */
final class Access {
    private static final Path MATRIX = Server.ROOT.resolve("docs/reference/access.md");
    private static final Path PAGES = Server.ROOT.resolve("central-web/src/main/webapp");
    private static final List<Person> COLUMNS =
            List.of(Person.OWNER, Person.HELPDESK, Person.ADMINISTRATOR, Person.RECOVERY_OFFICER, Person.AUDITOR);
    private static final String OCTETS = "PUT /packs/1";

    private Access() {}

    /** A row of the matrix. @param roles of people and machines */
    private record Row(String method, String path, Set<String> roles) {
        boolean isFor(Set<String> some) {
            return some.stream().anyMatch(roles::contains);
        }

        boolean isOpen() {
            return roles.contains("everybody");
        }

        int status(Caller caller) throws IOException {
            boolean bare = Set.of("GET", "HEAD", "DELETE").contains(method);
            String type = (method + " " + path).equals(OCTETS) ? "application/octet-stream" : "application/json";
            return caller.send(method, "/api/v1" + path, type, bare ? "" : "{}").statusCode();
        }

        @Override
        public String toString() {
            return method + " " + path + " " + roles;
        }
    }

    /** Nobody gets 401 from whatever is not for everybody; whoever lacks the role gets 403, whoever has it does not. */
    static void checkResources(TestMachine host, TestMachine source, Set<Person> people) throws IOException {
        List<Row> rows = rows("Request");
        assertTrue(rows.size() > 80, () -> "the page lists only " + rows);
        for (Row row : rows) {
            if (!row.isOpen()) {
                assertEquals(401, row.status(Caller.nobody()), () -> row + " by nobody");
            }
        }
        for (Person person : people) {
            check(rows, Set.of(person.role()), Caller.person(person), person != Person.OWNER);
        }
        check(rows, Set.of("system", "host"), host.caller(), false);
        check(rows, Set.of("system", "source"), source.caller(), false);
        assertEquals(200, Caller.administrator().get("/hosts").statusCode());
        assertEquals(200, host.caller().get("/master-file").statusCode());
        assertEquals(200, source.caller().get("/placements").statusCode());
    }

    /** @param reads whether what the role may read is asked for too */
    private static void check(List<Row> rows, Set<String> roles, Caller caller, boolean reads) throws IOException {
        int others = 0;
        for (Row row : rows) {
            if (!row.isFor(roles) && !row.isOpen()) {
                assertEquals(403, row.status(caller), () -> row + " by " + roles);
                others++;
            } else if (reads && row.method().equals("GET") && !row.isOpen()) {
                int status = row.status(caller);
                assertFalse(Set.of(401, 403).contains(status), () -> row + " by " + roles + ": " + status);
            }
        }
        assertTrue(others > 0, () -> roles + " may do everything");
    }

    /**
     * Whoever did not log in is sent to the login page, with a password in the request too: that is for programs. Whoever
     * did sees the pages of their role and no others.
     */
    static void checkPages(Set<Person> people) throws IOException {
        List<String> pages = pages();
        assertTrue(pages.contains("/overview.xhtml"), pages::toString);
        for (Caller caller : List.of(Caller.nobody(), Caller.administrator())) {
            for (String page : pages) {
                HttpResponse<String> answer = caller.send("GET", page, "text/html", "");
                assertEquals(302, answer.statusCode(), page);
                assertTrue(
                        answer.headers().firstValue("Location").orElse("").endsWith("/cranny/login.xhtml"),
                        () -> page + " sends to " + answer.headers().map());
            }
        }
        assertEquals(
                200,
                Caller.nobody().send("GET", "/login.xhtml", "text/html", "").statusCode());
        List<Row> rows = rows("Page");
        Set<String> there = new TreeSet<>(pages);
        there.remove("/");
        assertEquals(there, rows.stream().map(Row::path).collect(Collectors.toSet()));
        for (Person person : people) {
            Caller visitor = Caller.visitor(person);
            for (Row row : rows) {
                int status = visitor.send("GET", row.path(), "text/html", "").statusCode();
                boolean isFor = row.isFor(Set.of(person.role()));
                assertTrue(
                        isFor
                                ? Set.of(200, 404).contains(status)
                                : status == 403 || person == Person.NOBODY && status == 302,
                        () -> row + " for " + person + ": " + status);
            }
        }
    }

    /** The rows of the table whose first column has this name. */
    private static List<Row> rows(String column) throws IOException {
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(MATRIX)) {
            inside = line.startsWith("| " + column + " |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                rows.add(row(line));
            }
        }
        return rows;
    }

    private static Row row(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        String[] request = cells.get(1).replace("`", "").split(" ");
        Set<String> roles = new TreeSet<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (!cells.get(2 + i).isEmpty()) {
                roles.add(COLUMNS.get(i).role());
            }
        }
        if (cells.size() > COLUMNS.size() + 3) {
            roles.addAll(Arrays.asList(cells.get(2 + COLUMNS.size()).split(" ")));
        }
        return request.length == 1
                ? new Row("GET", request[0], roles)
                : new Row(request[0], request[1].replaceAll("\\{[a-z]+(:[^}]*)?}", "1"), roles);
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return Stream.concat(
                            Stream.of("/"),
                            files.map(file -> "/" + PAGES.relativize(file))
                                    .filter(page -> page.endsWith(".xhtml"))
                                    .filter(page -> !page.startsWith("/WEB-INF/") && !page.startsWith("/resources/"))
                                    .filter(page -> !page.equals("/login.xhtml")))
                    .toList();
        }
    }
}
