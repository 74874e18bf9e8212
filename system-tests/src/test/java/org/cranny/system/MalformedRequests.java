package org.cranny.system;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.protocol.problem.Problem;

/**
 * Requests that make no sense, drawn by a seed, to everything that a page of docs/protocol lists and to what is beside it:
 * methods, numbers, names, paths, queries, headers and bodies of the wrong kind, cut off, too deep, or no JSON at all.
 */
final class MalformedRequests {
    private static final Pattern REQUEST =
            Pattern.compile("`(GET|HEAD|POST|PUT|DELETE) (/[^`\\s]*)[^`]*`(?: `(\\w+)`| `(\\{[^`]*})`)?");
    private static final Pattern PLACE = Pattern.compile("\\{[^}]*}");
    private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");
    /** What is beside all that is listed. */
    private static final List<String> ELSEWHERE = List.of(
            "/",
            "/error",
            "/openapi",
            "/health",
            "/metrics",
            "/api",
            "/api/v1",
            "/api/v1/",
            "/api/v1/nothing",
            "/api/v1/application.wadl",
            "/v1",
            "/v1/fragments/",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/overview.xhtml",
            "/jakarta.faces.resource/style.css.xhtml?ln=a",
            "/jakarta.faces.resource/..%2f..%2fWEB-INF%2fweb.xml.xhtml",
            "/jakarta.faces.resource/");

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "PROPFIND",
            "get",
            "GETX",
            "M".repeat(900));
    private static final List<String> METHODS_OF_NOBODY = METHODS.subList(5, METHODS.size());
    /** What is put somewhere into a path. */
    private static final List<String> TURNS = List.of(
            "/",
            "//",
            "/./",
            "/../",
            "/%2e%2e/",
            "%2f",
            "%5c",
            "%252f",
            "%c0%ae%c0%ae/",
            "%c0%80",
            "%e0%80%af",
            "%ed%a0%80",
            "%f8%88%80%80%80",
            "%",
            "%4",
            "%zz",
            "%u0041",
            "%0d%0aX: y",
            ";jsessionid=1",
            ";;=",
            "\u00e4",
            "\u00ff\u00fe",
            "|",
            "{",
            "\\",
            "+",
            "?",
            "x".repeat(5_000));

    private static final int DEEP = 100_000;
    /** A server that refuses more than it wants to read ends the connection, and its answer may be lost with it. */
    private static final int MOST_UNREAD = 50_000;

    private static final List<String> WORDS = List.of(
            "0",
            "-1",
            "1",
            "999999999",
            "9223372036854775807",
            "9223372036854775808",
            "1e3",
            "0x10",
            "%00",
            "%2e%2e",
            "..",
            "%2f",
            "%",
            "%zz",
            "%ff%fe",
            ";a=b",
            "a".repeat(3_000),
            "%F0%9F%92%A9",
            "'",
            "%22%3E%3Cscript%3E",
            "${7*7}",
            "null",
            "NaN",
            "",
            "%20",
            "company",
            "%c0%ae%c0%ae%c0%af",
            "%ed%a0%80",
            "1".repeat(400),
            "-0",
            "1.0",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "%0d%0a",
            "(".repeat(300),
            "%28a%2b%29%2b%24",
            "0".repeat(62),
            "f".repeat(64));
    /** Those that take a long time to be numbers, or are none. */
    private static final List<String> NUMBERS = List.of(
            "1e1000000000",
            "-1e-1000000000",
            "1E2147483648",
            "9".repeat(50_000),
            "0." + "3".repeat(50_000),
            "01",
            "+1",
            "1.",
            ".5",
            "-",
            "0x1F",
            "Infinity",
            "1e");

    private static final List<String> HEADERS = List.of(
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: \u00e4",
            "Content-Type: application/xml",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Accept: image/png",
            "Accept: ;;;q=2",
            "Accept-Language: " + "x,".repeat(2_000),
            "Range: bytes=9-1",
            "Range: bytes=-",
            "Range: bytes=0-1,2-3",
            "Range: octets=0-1",
            "Range: bytes=0-99999999999999999999",
            "Range: bytes=" + "0-1,".repeat(1_500),
            "If-Match: *",
            "If-Match: W/\"a\", \"",
            "If-Range: yesterday",
            "If-Unmodified-Since: 99999999999999999999",
            "Accept: " + "a/b,".repeat(1_500),
            "Accept: */*;q=",
            "Accept-Charset: utf-7",
            "Accept-Encoding: gzip;q=x, *;q=0, identity;q=0",
            "Content-Type: application/json; charset=nothing-like-it",
            "Content-Type: application/json; charset=\"",
            "Content-Type: /",
            "Content-Type: ",
            "Content-Type: application/x-ndjson",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Language: -",
            "Content-Encoding: deflate, gzip, gzip",
            "Content-Range: bytes 9-1/0",
            "Origin: null",
            "Origin: https://[",
            "Upgrade: h2c, websocket",
            "Connection: Upgrade, HTTP2-Settings",
            "Forwarded: for=\"[\"",
            "X-Forwarded-For: 1.2.3.4, ::1",
            "Via: 9.9 x",
            "Max-Forwards: -1",
            "TE: trailers, ;",
            "If-None-Match: \"",
            "If-Modified-Since: yesterday",
            "Authorization: Bearer",
            "Authorization: Bearer " + "A".repeat(3_000),
            "Authorization: Basic !!!",
            "Authorization: Digest username=\"a\"",
            "Authorization: \u00e4",
            "Cranny-Allotment: !!!",
            "Cranny-Grant: AAAA",
            "Cranny-Token: \t",
            "Cookie: a=b; =; ;;",
            "Cookie: cranny-session=\u00e4; cranny-session=" + "f".repeat(2_000),
            "Expect: a-miracle",
            "Expect: 100-continue",
            "X-HTTP-Method-Override: DELETE",
            "Transfer-Encoding: identity");

    private final Random random;
    private final boolean harmless;
    private final List<Request> requests = new ArrayList<>();
    private final List<Request> elsewhere = new ArrayList<>();
    private final Deque<Request> turns = new ArrayDeque<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> listed;
    private final Map<String, Class<?>> records = new HashMap<>();

    /** One that the page lists. @param body name of a record, or members as they are written there, or null for none */
    private record Request(String method, String base, String path, String body) {
        String name() {
            return method + " " + plain(path);
        }
    }

    /** Octets to send. @param ends whether the other side may end the connection without an answer that arrives */
    record Nonsense(String method, byte[] octets, boolean ends) {

        /** Its first lines, on one. */
        String beginning() {
            String whole = new String(octets, 0, Math.min(2_000, octets.length), StandardCharsets.ISO_8859_1);
            return whole.replaceAll("(.)\\1{30,}", "$1…").replaceAll("\\s*\r\n", " | ");
        }
    }

    /**
     * @param page of docs/protocol
     * @param root of the application
     * @param base below the root, that all paths of the page go behind
     * @param harmless nothing is sent that might be meant after all
     */
    MalformedRequests(long seed, Path page, String root, String base, boolean harmless) throws IOException {
        this.random = new Random(seed);
        this.harmless = harmless;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("| `")) {
                Matcher found = REQUEST.matcher(line.substring(0, line.indexOf(" |", 1)));
                while (found.find()) {
                    requests.add(new Request(
                            found.group(1),
                            root + base,
                            found.group(2),
                            found.group(3) == null ? found.group(4) : found.group(3)));
                }
            }
        }
        listed = requests.stream().map(Request::name).collect(Collectors.toUnmodifiableSet());
        for (String path : ELSEWHERE) {
            elsewhere.add(new Request("GET", root, path, null));
            elsewhere.add(new Request("GET", "", path, null));
        }
        findRecords();
    }

    private void findRecords() throws IOException {
        try {
            Path protocol = Path.of(Problem.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(protocol)) {
                addRecords(protocol);
            } else {
                try (java.nio.file.FileSystem jar = java.nio.file.FileSystems.newFileSystem(protocol)) {
                    addRecords(jar.getPath("/"));
                }
            }
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private void addRecords(Path root) throws IOException, ClassNotFoundException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each :
                    all.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = root.relativize(each).toString().replace('/', '.').replaceAll("\\.class$", "");
                if (!name.contains("$") && !name.endsWith("-info")) {
                    Class<?> found = Class.forName(name);
                    if (found.isRecord()) {
                        records.put(found.getSimpleName(), found);
                    }
                }
            }
        }
    }

    /** Methods and paths that the page lists. */
    Set<String> listed() {
        return listed;
    }

    /** Those of them that were asked by that method, and by a path that leads there as far as it is not a parameter. */
    Set<String> asked() {
        return asked;
    }

    Nonsense next(String authority, String authorization) throws IOException {
        boolean beside = random.nextInt(10) == 0;
        Request request = beside ? pick(elsewhere) : turn();
        boolean otherMethod = random.nextInt(10) == 0;
        String method = otherMethod ? pick(harmless ? METHODS_OF_NOBODY : METHODS) : request.method();
        String target = request.base() + target(request.path());
        if (random.nextInt(10) == 0) {
            target = turned(target);
        } else if (!beside && !otherMethod) {
            asked.add(request.name());
        }
        byte[] body = bare(method) && random.nextInt(10) > 0 ? new byte[0] : body(request);
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(authority).append("\r\n");
        if (authorization != null) {
            head.append("Authorization: ").append(authorization).append("\r\n");
        }
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                head.append(pick(HEADERS)).append("\r\n");
            }
        } else if (body.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        if (random.nextInt(20) == 0) {
            head.append("X-Noise: ").append(noise()).append("\r\n");
        }
        boolean chunked = body.length > 0 && random.nextInt(10) == 0;
        boolean brokenChunk = chunked && random.nextBoolean();
        head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length)
                .append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (chunked) {
            all.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        all.write(body);
        if (chunked) {
            all.write((brokenChunk ? "\r\nnothing\r\n\r\n" : "\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return new Nonsense(
                method, all.toByteArray(), brokenChunk || target.contains(" ") || body.length > MOST_UNREAD);
    }

    /** All of them come once, in an order that is drawn, before one comes again. */
    private Request turn() {
        if (turns.isEmpty()) {
            List<Request> drawn = new ArrayList<>(requests);
            Collections.shuffle(drawn, random);
            turns.addAll(drawn);
        }
        return turns.remove();
    }

    private static boolean bare(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Octets that a header may have, though nobody means them. */
    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(2_000); i > 0; i--) {
            noise.append((char) (32 + random.nextInt(224)));
        }
        return noise.toString();
    }

    /** The path with something in it that leads astray, or that is no spelling of anything. */
    private String turned(String target) {
        int at = 1 + random.nextInt(target.length());
        String turned = target.substring(0, at) + pick(TURNS) + target.substring(at);
        return turned.startsWith("/") ? turned : "/" + turned;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Without its query and what may be left out. */
    private static String plain(String path) {
        int question = path.indexOf('?') < 0 ? path.length() : path.indexOf('?');
        int optional = path.indexOf('[') < 0 ? path.length() : path.indexOf('[');
        return path.substring(0, Math.min(question, optional));
    }

    private String target(String path) {
        Matcher places = PLACE.matcher(plain(path));
        StringBuilder target = new StringBuilder();
        while (places.find()) {
            String word = pick(WORDS);
            boolean mayBeMeant = harmless && (word.equals("1") || word.equals("company"));
            places.appendReplacement(target, Matcher.quoteReplacement(mayBeMeant ? "-1" : word));
        }
        places.appendTail(target);
        char before = '?';
        for (Matcher names = PARAMETER.matcher(path); names.find(); before = '&') {
            target.append(before).append(names.group(1)).append('=').append(pick(WORDS));
        }
        if (random.nextInt(8) == 0) {
            target.append(before).append(pick(WORDS)).append("=&").append(pick(WORDS));
        }
        return target.toString();
    }

    private byte[] body(Request request) throws IOException {
        String text = value(request.body()).toString();
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (!harmless && random.nextInt(3) > 0) {
            return plain;
        }
        switch (random.nextInt(13)) {
            case 0:
                return new byte[0];
            case 1:
                return java.util.Arrays.copyOf(plain, Math.max(0, plain.length - 1 - random.nextInt(plain.length)));
            case 2:
                return ("[".repeat(DEEP)).getBytes(StandardCharsets.US_ASCII);
            case 3:
                return ("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)).getBytes(StandardCharsets.US_ASCII);
            case 4:
                byte[] noise = new byte[random.nextInt(4_000)];
                random.nextBytes(noise);
                return noise;
            case 5:
                return text.getBytes(pick(List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)));
            case 6:
                return ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
            case 7:
                return (text + ",").getBytes(StandardCharsets.UTF_8);
            case 8:
                return text.replaceAll("(?<=:)(-?[0-9]+|\"[^\"]{0,40}\"|null)", pick(NUMBERS))
                        .getBytes(StandardCharsets.UTF_8);
            case 9:
                return twice(text).getBytes(StandardCharsets.UTF_8);
            case 10:
                return text.replace(":", pick(List.of(":\u0000", "\u0000:", ":\"\\u0000\\ud800\",", "::")))
                        .getBytes(StandardCharsets.UTF_8);
            case 11:
                return random.nextInt(8) == 0 ? tooLong(text) : text.getBytes(StandardCharsets.ISO_8859_1);
            default:
                return pick(List.of("null", "true", "1", "\"text\"", "{", "}", "NaN", "{\"a\":1,\"a\":}", "\ufeff{}x"))
                        .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Every member of the outermost object stands there again. */
    private static String twice(String text) {
        return text.length() > 2 && text.startsWith("{")
                ? text.substring(0, text.length() - 1) + "," + text.substring(1)
                : text + text;
    }

    /** More than anything that is no file may have. */
    private static byte[] tooLong(String text) {
        return ("{\"a\":\"" + "z".repeat(1 << 20) + "\"," + text.substring(Math.min(1, text.length())))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** An object as the page says, in which some members are of a wrong kind. */
    private JsonValue value(String body) {
        if (body == null) {
            return junk();
        }
        if (records.containsKey(body)) {
            return object(records.get(body), 0);
        }
        JsonObjectBuilder object = Json.createObjectBuilder();
        Matcher names = NAME.matcher(body);
        while (names.find()) {
            object.add(names.group(1), junk());
        }
        return object.build();
    }

    private JsonValue object(Class<?> record, int depth) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        for (RecordComponent each : record.getRecordComponents()) {
            int luck = random.nextInt(12);
            if (luck > 0) {
                object.add(each.getName(), luck < 3 ? junk() : of(each.getGenericType(), depth));
            }
        }
        if (random.nextInt(20) == 0) {
            object.add("nobodyKnowsThis", junk());
        }
        return object.build();
    }

    private JsonValue of(Type type, int depth) {
        if (depth > 4) {
            return JsonValue.NULL;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            if (Collection.class.isAssignableFrom(raw)) {
                JsonArrayBuilder array = Json.createArrayBuilder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(of(generic.getActualTypeArguments()[0], depth + 1));
                }
                return array.build();
            }
            return Json.createObjectBuilder()
                    .add(
                            "a",
                            of(
                                    generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1],
                                    depth + 1))
                    .build();
        }
        if (type instanceof Class<?> plain) {
            if (plain.isRecord()) {
                return object(plain, depth + 1);
            }
            if (plain.isEnum()) {
                return Json.createValue(pick(List.of(plain.getEnumConstants())).toString());
            }
            if (plain == boolean.class || plain == Boolean.class) {
                return random.nextBoolean() ? JsonValue.TRUE : JsonValue.FALSE;
            }
            if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
                return Json.createValue(pick(List.of(0L, 1L, -1L, 7L, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE)));
            }
        }
        return Json.createValue(pick(List.of(
                "",
                "a",
                "2026-11-28T00:00:00Z",
                "AAAA",
                "0".repeat(62),
                "https://127.0.0.1:1",
                "/home",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "x".repeat(200))));
    }

    private JsonValue junk() {
        return pick(List.of(
                JsonValue.NULL,
                JsonValue.TRUE,
                JsonValue.EMPTY_JSON_ARRAY,
                JsonValue.EMPTY_JSON_OBJECT,
                Json.createValue(""),
                Json.createValue("\u0000"),
                Json.createValue("\ud800"),
                Json.createValue("\u202e../../etc/passwd"),
                Json.createValue("y".repeat(70_000)),
                Json.createValue(-1),
                Json.createValue(Long.MAX_VALUE),
                Json.createValue(new BigDecimal("1e400")),
                Json.createValue(new BigDecimal("0.1")),
                Json.createArrayBuilder().add(JsonValue.NULL).add("").build(),
                Json.createObjectBuilder().add("", JsonValue.NULL).build()));
    }
}
