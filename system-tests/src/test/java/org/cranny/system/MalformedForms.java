package org.cranny.system;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests to pages that make no sense, drawn by a seed: to every page of the matrix, the login and what pages fetch,
 * addresses with parameters of the wrong kind, and forms whose fields are missing, doubled, unknown or nonsense, with and without their
 * token.
 */
final class MalformedForms {
    private static final String LOGIN = "/login.xhtml";
    /** Forms that one look at a page is good for; the server forgets pages that were shown too long ago. */
    private static final int FORMS_OF_A_LOOK = 6;

    private static final Pattern FIELD =
            Pattern.compile("<(?:input|button|select|textarea)\\b[^>]*\\bname=\"([^\"]+)\"");
    private static final Pattern LOOKED_AT = Pattern.compile("(?:address|request)\\.\\w+\\(\"(\\w+)\"");
    private static final List<String> OF_THE_SERVER = List.of(
            "jakarta.faces.partial.ajax",
            "jakarta.faces.partial.execute",
            "jakarta.faces.partial.render",
            "jakarta.faces.source",
            "jakarta.faces.behavior.event",
            "jakarta.faces.ClientWindow",
            "jakarta.faces.RenderKitId",
            "jakarta.faces.ViewState",
            "primefaces.resetvalues",
            "ln",
            "jfwid");

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "0",
            "1",
            "-1",
            "true",
            "@all",
            "@none",
            "9223372036854775808",
            "1e400",
            "NaN",
            "\u0000",
            "\ud800",
            "\u202e../../etc/passwd",
            "<script>alert(1)</script>",
            "#{7*7}",
            "${7*7}",
            "' or '1'='1",
            "a:b:c",
            ":::",
            "(((((((((",
            "[a-",
            "%",
            "latest",
            "company",
            "f".repeat(64),
            "2026-13-45T99:99",
            "https://[",
            "a\r\nX: y",
            "x".repeat(100_000));
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/x-www-form-urlencoded; charset=nothing-like-it",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=a",
            "application/json",
            "/");

    private final Random random;
    private final boolean harmless;
    private final String root;
    private final Visit visit;
    private final String machine;
    private final List<String> pages;
    private final List<String> fetched;
    private final List<String> parameters;
    private final Deque<String> turns = new ArrayDeque<>();
    private final Set<String> asked = new TreeSet<>();
    private final List<Map<String, String>> forms = new ArrayList<>();
    private List<String> fields = List.of();
    private String page;
    private int left;

    /**
     * @param visit whose session is shown, or that of nobody
     * @param root of the application
     * @param machine number of a system that is there
     * @param harmless no form has its token
     */
    MalformedForms(long seed, Path repository, Visit visit, String root, long machine, boolean harmless)
            throws IOException {
        this.random = new Random(seed);
        this.visit = visit;
        this.root = root;
        this.machine = Long.toString(machine);
        this.harmless = harmless;
        this.pages = new ArrayList<>(Matrix.rows(repository, "Page"));
        this.fetched = Matrix.rows(repository, "Fetched by pages");
        this.parameters = parameters(repository);
        pages.add(LOGIN);
    }

    /** What pages look for in their addresses. */
    private static List<String> parameters(Path repository) throws IOException {
        TreeSet<String> found = new TreeSet<>(OF_THE_SERVER);
        try (Stream<Path> all = Files.walk(repository.resolve("central-web/src/main/java/org/cranny/web/pages"))) {
            for (Path source : all.filter(file -> file.toString().endsWith(".java"))
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                Matcher names = LOOKED_AT.matcher(Files.readString(source));
                while (names.find()) {
                    found.add(names.group(1));
                }
            }
        }
        return List.copyOf(found);
    }

    /** All pages of the matrix, the login, and what pages fetch. */
    Set<String> listed() {
        Set<String> listed = new TreeSet<>(pages);
        listed.addAll(fetched);
        return listed;
    }

    Set<String> asked() {
        return asked;
    }

    MalformedRequests.Nonsense next(String authority) throws IOException {
        if (left-- <= 0) {
            look();
        }
        boolean fetches = random.nextInt(10) == 0;
        String place = fetches ? pick(fetched) : method() + " " + page;
        asked.add(fetches ? place : page);
        String method = place.substring(0, place.indexOf(' '));
        String target = root + place.substring(method.length() + 1) + query();
        boolean encoded = random.nextInt(10) > 0;
        String type = encoded ? TYPES.get(0) : pick(TYPES);
        byte[] body = method.equals("GET") || method.equals("HEAD")
                ? new byte[0]
                : body().getBytes(encoded ? StandardCharsets.US_ASCII : StandardCharsets.ISO_8859_1);
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(authority).append("\r\n");
        if (visit.session() != null) {
            head.append("Cookie: cranny-session=").append(visit.session()).append("\r\n");
        }
        if (random.nextInt(4) == 0) {
            head.append("Faces-Request: partial/ajax\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] begin = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(begin, begin.length + body.length);
        System.arraycopy(body, 0, all, begin.length, body.length);
        return new MalformedRequests.Nonsense(method, all, false);
    }

    private String method() {
        boolean shown = random.nextInt(3) == 0 || forms.isEmpty() && random.nextBoolean();
        return shown ? "GET" : random.nextInt(20) == 0 ? pick(List.of("PUT", "DELETE", "HEAD", "PATCH")) : "POST";
    }

    /** Sees another page as it is meant, for its forms. */
    private void look() throws IOException {
        if (turns.isEmpty()) {
            Collections.shuffle(pages, random);
            turns.addAll(pages);
        }
        page = turns.remove();
        left = FORMS_OF_A_LOOK;
        forms.clear();
        HttpResponse<String> answer =
                visit.get(page + "?id=" + machine + "&system=" + machine + "&scope=system&name=" + machine);
        fields = FIELD.matcher(answer.body())
                .results()
                .map(each -> each.group(1))
                .toList();
        Visit.forms(answer.body()).stream()
                .filter(form -> !"leave".equals(form.get("do")))
                .forEach(forms::add);
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        int many = random.nextInt(5);
        for (int i = 0; i < many; i++) {
            String word = pick(WORDS);
            String short_ = word.length() > 6_000 ? word.substring(0, 6_000) : word;
            query.append(i == 0 ? '?' : '&')
                    .append(pick(parameters))
                    .append('=')
                    .append(random.nextInt(4) == 0 ? machine : encode(short_));
        }
        if (random.nextInt(10) == 0) {
            query.append(many == 0 ? '?' : '&')
                    .append(pick(List.of("%", "=%zz", "&&=&", "%c0%ae=%ff", "a=%u0041", "\u00ff")));
        }
        return query.toString();
    }

    private String body() {
        Map<String, String> form = forms.isEmpty() ? new LinkedHashMap<>() : new LinkedHashMap<>(pick(forms));
        // With its own token, the form of the login locks names, and this address.
        boolean withoutToken = harmless || page.equals(LOGIN) || random.nextInt(4) == 0;
        if (withoutToken) {
            form.put(Visit.STATE, pick(WORDS));
        }
        List<String> names = new ArrayList<>(form.keySet());
        names.addAll(fields);
        StringBuilder body = new StringBuilder();
        for (Map.Entry<String, String> field : form.entrySet()) {
            if (random.nextInt(12) > 0) {
                boolean junk = random.nextInt(3) == 0 && !field.getKey().equals(Visit.STATE);
                append(body, field.getKey(), junk ? pick(WORDS) : field.getValue());
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean ofTheServer = names.isEmpty() || random.nextBoolean();
            append(body, pick(ofTheServer ? OF_THE_SERVER : names), pick(WORDS));
        }
        if (random.nextInt(10) == 0) {
            body.append(pick(
                    List.of("&%", "&=%zz", "&&&==", "&%00=%00", "&a=%f8%88", "&" + "b=c&".repeat(12_000), "--a\r\n")));
        }
        return body.toString();
    }

    private static void append(StringBuilder body, String name, String value) {
        body.append(body.isEmpty() ? "" : "&").append(encode(name)).append('=').append(encode(value));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
