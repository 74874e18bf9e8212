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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.protocol.problem.Problem;

/**
 * Requests that make no sense, drawn by a seed, to everything that a page of docs/protocol lists: numbers, names, queries,
 * headers and bodies of the wrong kind, cut off, too deep, or no JSON at all.
 */
final class MalformedRequests {
    private static final Pattern REQUEST =
            Pattern.compile("`(GET|HEAD|POST|PUT|DELETE) (/[^`\\s]*)[^`]*`(?: `(\\w+)`| `(\\{[^`]*})`)?");
    private static final Pattern PLACE = Pattern.compile("\\{[^}]*}");
    private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");
    /** What goes on for ever is no answer. */
    private static final Set<String> WITHOUT_END = Set.of("/events", "/dumps", "/live");

    private static final int DEEP = 100_000;
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
            "0".repeat(62),
            "f".repeat(64));
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
            "If-None-Match: \"",
            "If-Modified-Since: yesterday",
            "Authorization: Bearer",
            "Cranny-Allotment: !!!",
            "Cranny-Grant: AAAA",
            "Cranny-Token: \t",
            "Cookie: a=b; =; ;;",
            "Expect: a-miracle",
            "X-HTTP-Method-Override: DELETE",
            "Transfer-Encoding: identity");

    private final Random random;
    private final boolean harmless;
    private final String base;
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, Class<?>> records = new HashMap<>();

    /** One that the page lists. @param body name of a record, or members as they are written there, or null for none */
    private record Request(String method, String path, String body) {}

    /** Octets to send, and how they are called when something comes of them. */
    record Nonsense(String method, String target, byte[] octets, boolean ends) {}

    /**
     * @param page of docs/protocol
     * @param base that all of its paths go behind
     * @param harmless nothing is sent that might be meant after all
     */
    MalformedRequests(long seed, Path page, String base, boolean harmless) throws IOException {
        this.random = new Random(seed);
        this.base = base;
        this.harmless = harmless;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("| `")) {
                Matcher found = REQUEST.matcher(line.substring(0, line.indexOf(" |", 1)));
                while (found.find()) {
                    if (WITHOUT_END.stream().noneMatch(found.group(2)::startsWith)) {
                        requests.add(new Request(
                                found.group(1),
                                found.group(2),
                                found.group(3) == null ? found.group(4) : found.group(3)));
                    }
                }
            }
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

    int size() {
        return requests.size();
    }

    Nonsense next(String authority, String authorization) throws IOException {
        Request request = requests.get(random.nextInt(requests.size()));
        String target = base + target(request.path());
        byte[] body = request.method().equals("GET") || request.method().equals("HEAD") ? new byte[0] : body(request);
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(authority).append("\r\n");
        if (authorization != null) {
            head.append("Authorization: ").append(authorization).append("\r\n");
        }
        if (random.nextInt(4) == 0) {
            head.append(pick(HEADERS)).append("\r\n");
        } else if (body.length > 0) {
            head.append("Content-Type: application/json\r\n");
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
        return new Nonsense(request.method(), target, all.toByteArray(), brokenChunk);
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String target(String path) {
        int question = path.indexOf('?') < 0 ? path.length() : path.indexOf('?');
        int optional = path.indexOf('[') < 0 ? path.length() : path.indexOf('[');
        String plain = path.substring(0, Math.min(question, optional));
        Matcher places = PLACE.matcher(plain);
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
        byte[] plain = value(request.body()).toString().getBytes(StandardCharsets.UTF_8);
        if (!harmless && random.nextInt(3) > 0) {
            return plain;
        }
        switch (random.nextInt(9)) {
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
                return new String(plain, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
            case 6:
                return ("[" + new String(plain, StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
            case 7:
                return (new String(plain, StandardCharsets.UTF_8) + ",").getBytes(StandardCharsets.UTF_8);
            default:
                return pick(List.of("null", "true", "1", "\"text\"", "{", "}", "NaN", "{\"a\":1,\"a\":}", "\ufeff{}x"))
                        .getBytes(StandardCharsets.UTF_8);
        }
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
