package org.cranny.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who is let in where, asked of everything that {@code docs/protocol/central.md} lists and of every page. */
final class Access {
    private static final Pattern REQUEST = Pattern.compile("`(GET|POST|PUT|DELETE) (/[^\\s`\\[]*)");
    private static final Path PAGES = Server.ROOT.resolve("central-web/src/main/webapp");

    private Access() {}

    /** One request of the page, and who may make it. */
    private record Request(String method, String path, String type, String who) {
        boolean isFor(Set<String> roles) {
            return roles.stream().anyMatch(who::contains);
        }

        int status(Caller caller) throws IOException {
            boolean bare = method.equals("GET") || method.equals("DELETE");
            return caller.send(method, "/api/v1" + path, type, bare ? "" : "{}").statusCode();
        }

        @Override
        public String toString() {
            return method + " " + path + " (" + who + ")";
        }
    }

    /** Nobody gets 401 from whatever is not for everybody, and whoever lacks the role gets 403. */
    static void checkResources(TestMachine host, TestMachine source) throws IOException {
        List<Request> requests = requests();
        assertTrue(requests.size() >= 16, () -> "the page lists only " + requests);
        for (Request request : requests) {
            assertEquals(401, request.status(Caller.nobody()), () -> request + " by nobody");
        }
        checkForbidden(requests, Set.of("administrator"), Caller.administrator());
        checkForbidden(requests, Set.of("system", "host"), host.caller());
        checkForbidden(requests, Set.of("system", "source"), source.caller());
        assertEquals(200, Caller.administrator().get("/hosts").statusCode());
        assertEquals(200, host.caller().get("/master-file").statusCode());
        assertEquals(200, source.caller().get("/placements").statusCode());
    }

    private static void checkForbidden(List<Request> requests, Set<String> roles, Caller caller) throws IOException {
        List<Request> others =
                requests.stream().filter(request -> !request.isFor(roles)).toList();
        assertFalse(others.isEmpty());
        for (Request request : others) {
            assertEquals(403, request.status(caller), () -> request + " by " + roles);
        }
    }

    /** Whoever did not log in is sent to the login page, with a password in the request too: that is for programs. */
    static void checkPages() throws IOException {
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
    }

    private static List<Request> requests() throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String row : Files.readAllLines(Server.ROOT.resolve("docs/protocol/central.md"))) {
            String[] cells = row.split("\\|", -1);
            if (row.startsWith("| `") && !cells[2].contains("nobody yet")) {
                String type = cells[1].contains("octets") ? "application/octet-stream" : "application/json";
                REQUEST.matcher(cells[1])
                        .results()
                        .map(found -> new Request(
                                found.group(1),
                                found.group(2).replaceAll("\\{[a-z]+(:[^}]*)?}", "1"),
                                type,
                                cells[2].strip()))
                        .forEach(requests::add);
            }
        }
        return requests;
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
