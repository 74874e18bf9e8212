package org.cranny.protocol.masterfile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.ForgedException;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * The signed, versioned list of hosts, as lines of text: a header, one line a host in the order of ids, a signature.
 * This class knows lines, versions and signatures; what stands on a host's line is {@link Host}, as JSON.
 * Because the signature covers the hashes of the lines, a delta is just the lines that changed, and the result is
 * checked like a whole file. Layout: {@code docs/protocol/master-file.md}.
 *
 * @param version strictly increasing within a realm
 * @param header the first line
 * @param lines host lines by host id
 * @param signature Ed25519, by the realm's master-file key
 */
public record MasterFile(long version, String header, SortedMap<Long, String> lines, byte[] signature) {
    private static final Pattern HEADER = Pattern.compile(
            "(?s)\\{\"cranny\":\"master-file\",\"format\":1,\"realm\":\"[0-9a-f]{16}\",\"version\":(\\d{1,18}),.*\\}");
    private static final Pattern HOST = Pattern.compile("(?s)\\{\"id\":(\\d{1,18}),.*\\}");
    private static final Pattern SIGNATURE = Pattern.compile("\\{\"signature\":\"([A-Za-z0-9_-]{86})\"\\}");
    private static final Pattern DELTA =
            Pattern.compile("\\{\"since\":(\\d{1,18}),\"gone\":\\[((?:\\d{1,18}(?:,\\d{1,18})*+)?)\\]\\}");

    public static MasterFile sign(String header, Map<Long, String> lines, PrivateKey key) throws MalformedException {
        SortedMap<Long, String> sorted = new TreeMap<>(lines);
        byte[] signature = Algorithm.ED25519.sign(digest(header, sorted), key);
        return parse(render(header, sorted.values(), signature));
    }

    /** Reads a whole file; {@link #verify} says whether to believe it. */
    public static MasterFile parse(String text) throws MalformedException {
        return read(text.lines().toList(), new TreeMap<>());
    }

    /**
     * Reads an answer to "what changed since my version": a delta to this file, or a whole file.
     *
     * @throws MalformedException also when the delta is not to this version
     */
    public MasterFile apply(String answer) throws MalformedException {
        List<String> text = answer.lines().toList();
        Matcher delta = DELTA.matcher(text.isEmpty() ? "" : text.get(0));
        if (!delta.matches()) {
            return parse(answer);
        }
        if (Long.parseLong(delta.group(1)) != version) {
            throw new MalformedException("the delta is to version " + delta.group(1) + ", not to " + version);
        }
        SortedMap<Long, String> kept = new TreeMap<>(lines);
        for (String gone : delta.group(2).split(",")) {
            if (!gone.isEmpty()) {
                kept.remove(Long.parseLong(gone));
            }
        }
        return read(text.subList(1, text.size()), kept);
    }

    /** The delta that takes a reader of {@code older} to this version. */
    public String since(MasterFile older) {
        List<String> changed = new ArrayList<>();
        lines.forEach((id, line) -> {
            if (!line.equals(older.lines.get(id))) {
                changed.add(line);
            }
        });
        List<String> gone = older.lines.keySet().stream()
                .filter(id -> !lines.containsKey(id))
                .map(String::valueOf)
                .toList();
        String first = "{\"since\":" + older.version + ",\"gone\":[" + String.join(",", gone) + "]}\n";
        return first + render(header, changed, signature);
    }

    /** @throws ForgedException when the realm did not sign exactly these lines */
    public void verify(PublicKey masterFileKey) throws ForgedException {
        if (!Algorithm.ED25519.verifies(digest(header, lines), signature, masterFileKey)) {
            throw new ForgedException("the master file's signature is wrong");
        }
    }

    public String text() {
        return render(header, lines.values(), signature);
    }

    private static MasterFile read(List<String> text, SortedMap<Long, String> lines) throws MalformedException {
        if (text.size() < 2) {
            throw new MalformedException("a master file has a header and a signature");
        }
        String header = text.get(0);
        Matcher headed = HEADER.matcher(header);
        Matcher signed = SIGNATURE.matcher(text.get(text.size() - 1));
        if (!headed.matches() || !signed.matches()) {
            throw new MalformedException("the first or last line is not a master file's");
        }
        for (String line : text.subList(1, text.size() - 1)) {
            Matcher host = HOST.matcher(line);
            if (!host.matches()) {
                throw new MalformedException("a line is not a host's");
            }
            lines.put(Long.parseLong(host.group(1)), line);
        }
        return new MasterFile(
                Long.parseLong(headed.group(1)),
                header,
                lines,
                Base64.getUrlDecoder().decode(signed.group(1)));
    }

    private static String render(String header, Iterable<String> lines, byte[] signature) {
        StringBuilder text = new StringBuilder(header).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        String signed = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        return text.append("{\"signature\":\"").append(signed).append("\"}\n").toString();
    }

    private static byte[] digest(String header, SortedMap<Long, String> lines) {
        MessageDigest all = sha256();
        all.update("cranny 1 master file".getBytes(StandardCharsets.US_ASCII));
        MessageDigest each = sha256();
        all.update(each.digest(header.getBytes(StandardCharsets.UTF_8)));
        lines.values().forEach(line -> all.update(each.digest(line.getBytes(StandardCharsets.UTF_8))));
        return all.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
