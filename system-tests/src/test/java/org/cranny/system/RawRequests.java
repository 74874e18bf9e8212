package org.cranny.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Octets that are no HTTP request, half of one, or two where a proxy would see one: what somebody sends who speaks through
 * no library.
 */
final class RawRequests {
    private static final int GIANT = 1 << 20;

    private final String host;
    private final String path;
    private final String authorization;
    private final List<Octets> all = new ArrayList<>();

    /** @param most how many answers they may get */
    record Octets(String name, byte[] octets, int most) {
        String method() {
            return new String(octets, StandardCharsets.ISO_8859_1).split(" ", 2)[0];
        }
    }

    /**
     * @param path of something that answers a GET
     * @param authorization header, or null
     */
    RawRequests(String host, String path, String authorization) {
        this.host = host;
        this.path = path;
        this.authorization = authorization == null ? "" : "Authorization: " + authorization + "\r\n";
        addLengths();
        addChunks();
        addLines();
        addGiants();
        addVersions();
    }

    /**
     * Whether Payara's own check of rights fails at this method, before any code of ours runs: it takes it for a list of
     * methods whose first one is empty, and answers 500 with nothing in it.
     */
    static boolean isUnreadable(String method) {
        return method.startsWith(",") || method.startsWith("!,") || method.equals("!");
    }

    List<Octets> all() {
        return all;
    }

    /** A request that is as it should be. */
    byte[] good() {
        return octets(head("GET", "Connection: close\r\n"));
    }

    /** One that is as it should be, but cut off, or with octets that are changed, taken out, put in or there twice. */
    Octets spoilt(Random random) {
        byte[] good =
                octets(head("POST", "Content-Type: application/json\r\nContent-Length: 14\r\nConnection: close\r\n")
                        + "{\"name\":\"text\"}".substring(0, 14));
        if (random.nextInt(4) == 0) {
            return new Octets("cut off", Arrays.copyOf(good, random.nextInt(good.length)), 1);
        }
        List<Byte> octets = new ArrayList<>();
        for (byte octet : good) {
            octets.add(octet);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(octets.size());
            byte octet = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "\r\n\t :,;%/\0\u007f".charAt(random.nextInt(11));
            switch (random.nextInt(4)) {
                case 0 -> octets.set(at, octet);
                case 1 -> octets.add(at, octet);
                case 2 -> octets.remove(at);
                default -> octets.addAll(at, List.copyOf(octets.subList(at, Math.min(octets.size(), at + 40))));
            }
        }
        byte[] spoilt = new byte[octets.size()];
        for (int i = 0; i < spoilt.length; i++) {
            spoilt[i] = octets.get(i);
        }
        return new Octets("spoilt", spoilt, Integer.MAX_VALUE);
    }

    private String head(String method, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + authorization + headers + "\r\n";
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void add(String name, String text, int most) {
        all.add(new Octets(name, octets(text), most));
    }

    private void addLengths() {
        String second = head("GET", "Connection: close\r\n");
        int length = second.length();
        for (String lengths : List.of(
                "Content-Length: 0\r\nContent-Length: " + length,
                "Content-Length: " + length + "\r\nContent-Length: 0",
                "Content-Length: 0, " + length,
                "Content-Length: -1",
                "Content-Length: +" + length,
                "Content-Length: 0x" + Integer.toHexString(length),
                "Content-Length: " + length + " 0",
                "Content-Length: " + length + "\u000b",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Content-Length : " + length,
                "Content-Length\t: " + length,
                "Content-Length: 1\r\n 0")) {
            add(lengths, head("POST", lengths + "\r\n") + second, 1);
        }
        for (String codings : List.of(
                "Transfer-Encoding: chunked\r\nContent-Length: " + (length + 5),
                "Content-Length: " + (length + 5) + "\r\nTransfer-Encoding: chunked",
                "Content-Length: 0\r\nTransfer-Encoding: chunked")) {
            add(codings, head("POST", codings + "\r\n") + "0\r\n\r\n" + second, 1);
        }
        for (String coding : List.of(
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "Transfer-Encoding:\r\n chunked",
                "X: y\nTransfer-Encoding: chunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: ")) {
            String whole = head("POST", coding + "\r\nContent-Length: " + (length + 5) + "\r\n");
            add(coding + " and a length", whole + "0\r\n\r\n" + second, 1);
            add(coding, head("POST", coding + "\r\nConnection: close\r\n") + "0\r\n\r\n", 1);
        }
        for (String method : List.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get")) {
            add(method + " with a length", head(method, "Content-Length: " + length + "\r\n") + second, 1);
            String chunk = Integer.toHexString(length) + "\r\n" + second + "\r\n0\r\n\r\n";
            add(method + " with a chunk", head(method, "Transfer-Encoding: chunked\r\n") + chunk, 1);
        }
    }

    private void addChunks() {
        String begin =
                head("POST", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n");
        for (String chunks : List.of(
                "",
                "2",
                "2\r\n",
                "2\r\n{",
                "2\r\n{}",
                "2\r\n{}\r\n",
                "2\r\n{}\r\n0",
                "2\r\n{}\r\n0\r\n",
                "2\n{}\n0\n\n",
                "2 \r\n{}\r\n0\r\n\r\n",
                " 2\r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                "+2\r\n{}\r\n0\r\n\r\n",
                "2;\r\n{}\r\n0\r\n\r\n",
                "2;a=\"\r\n{}\r\n0\r\n\r\n",
                "2;a\nb\r\n{}\r\n0\r\n\r\n",
                "00000000000000000000000000000002\r\n{}\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
                "7FFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
                "80000000\r\n{}\r\n0\r\n\r\n",
                "100000000\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}0\r\n\r\n",
                "3\r\n{}\r\n0\r\n\r\n",
                "\r\n\r\n",
                "\0\0\0\0",
                "g\r\n",
                "2;" + "a".repeat(GIANT) + "\r\n{}\r\n0\r\n\r\n",
                "0".repeat(GIANT) + "2\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\nHost: evil\r\nContent-Length: 99\r\n\r\n",
                "2\r\n{}\r\n0\r\n" + "A: b\r\n".repeat(GIANT / 6) + "\r\n",
                "2\r\n{}\r\n0\r\nno colon\r\n\r\n")) {
            add("chunks " + shown(chunks), begin + chunks, 1);
        }
        add("a hundred thousand chunks", begin + "1\r\n \r\n".repeat(100_000) + "0\r\n\r\n", 1);
    }

    private void addLines() {
        for (String header : List.of(
                "X: a\r\n b",
                "X: a\r\n\tb\r\n\t\r\n c",
                " X: a",
                "\tX: a",
                "X : a",
                "no colon",
                ": no name",
                ":",
                "X: a\rb",
                "X: a\0b",
                "X: a\u0007b",
                "X\0: a",
                "X(y): a",
                "\u00e4: \u00e4",
                "Host: evil",
                "Host: " + host + "\r\n evil",
                "Host: [",
                "Host: a b",
                "Host: ",
                "Connection: close, close, \u00e4",
                "Connection: Host, Authorization, Content-Length, Transfer-Encoding",
                "Expect: 100-continue\r\nExpect: 200-ok")) {
            add(shown(header), head("GET", header + "\r\nConnection: close\r\n"), 1);
        }
        String good = new String(good(), StandardCharsets.ISO_8859_1);
        add("LF alone", good.replace("\r\n", "\n"), 1);
        add("CR alone", good.replace("\r\n", "\r"), 1);
        add("CR CR LF", good.replace("\r\n", "\r\r\n"), 1);
        add("blank lines first", "\r\n".repeat(10_000) + good, 1);
        add("blanks first", " " + good, 1);
        add("no end", good.substring(0, good.length() - 2), 1);
        add("no host", "GET " + path + " HTTP/1.1\r\n" + authorization + "Connection: close\r\n\r\n", 1);
        add("nothing", "", 0);
        add("NUL", "\0".repeat(5_000), 1);
        add("a greeting of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "a".repeat(600), 1);
        add("many in a row", head("GET", "").repeat(50) + good, 51);
        add("many in a row and rubbish", head("GET", "").repeat(20) + "rubbish\r\n\r\n" + good, 21);
    }

    private void addGiants() {
        add("a giant header", head("GET", "X: " + "a".repeat(GIANT) + "\r\nConnection: close\r\n"), 1);
        add("a giant name of a header", head("GET", "a".repeat(GIANT) + ": x\r\nConnection: close\r\n"), 1);
        add(
                "a giant header without an end",
                head("GET", "X: " + "a".repeat(GIANT)).strip(),
                1);
        add("many headers", head("GET", "X: a\r\n".repeat(GIANT / 6) + "Connection: close\r\n"), 1);
        add("many names", head("GET", manyNames() + "Connection: close\r\n"), 1);
        add("a giant path", "GET /" + "a".repeat(GIANT) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 1);
        add(
                "a giant query",
                "GET " + path + "?" + "a=b&".repeat(GIANT / 4) + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
                1);
        add("a giant method", "M".repeat(GIANT) + " / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 1);
        add("a giant version", "GET / HTTP/1." + "1".repeat(GIANT) + "\r\nHost: " + host + "\r\n\r\n", 1);
        add("a giant line", "a".repeat(GIANT), 1);
        add("giant cookies", head("GET", "Cookie: " + "a=b; ".repeat(GIANT / 5) + "\r\nConnection: close\r\n"), 1);
    }

    private static String manyNames() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            names.append('X').append(i).append(": a\r\n");
        }
        return names.toString();
    }

    private void addVersions() {
        for (String line : List.of(
                "GET " + path,
                "GET " + path + " HTTP/0.9",
                "GET " + path + " HTTP/1.0",
                "GET " + path + " HTTP/1.9",
                "GET " + path + " HTTP/2.0",
                "GET " + path + " HTTP/9.9",
                "GET " + path + " HTTP/1.1 more",
                "GET " + path + " HTTP/",
                "GET " + path + " XTTP/1.1",
                "GET  " + path + "  HTTP/1.1",
                "GET\t" + path + "\tHTTP/1.1",
                "GET HTTP/1.1",
                "GET",
                " " + path + " HTTP/1.1",
                "GET " + path.substring(1) + " HTTP/1.1",
                "GET https://evil.example" + path + " HTTP/1.1",
                "GET https://evil.example:99999/ HTTP/1.1",
                "GET https://[::1 HTTP/1.1",
                "GET file:///etc/passwd HTTP/1.1",
                "GET * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT evil.example:443 HTTP/1.1",
                "CONNECT / HTTP/1.1",
                "TRACE " + path + " HTTP/1.1",
                "GET " + path + "\0 HTTP/1.1",
                "GET " + path + "#fragment HTTP/1.1",
                "GET /\u00e4\u00ff HTTP/1.1",
                "GET /../../../../etc/passwd HTTP/1.1",
                "G\0T " + path + " HTTP/1.1",
                "{} " + path + " HTTP/1.1")) {
            add(shown(line), line + "\r\nHost: " + host + "\r\n" + authorization + "Connection: close\r\n\r\n", 1);
        }
        add("a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0", 1);
        add(
                "an upgrade",
                head(
                        "GET",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"),
                1);
        add(
                "a web socket",
                head("GET", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
                1);
    }

    private static String shown(String text) {
        String line = text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
        return line.length() > 60 ? line.substring(0, 60) + "… (" + text.length() + ")" : line;
    }
}
