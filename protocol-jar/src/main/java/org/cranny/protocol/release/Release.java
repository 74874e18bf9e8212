package org.cranny.protocol.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.ForgedException;
import org.cranny.protocol.signing.Signed;

/**
 * What whoever builds packages signs of an archive. Lies beside it as {@code ARCHIVE.sig}: seven lines of text, each
 * ended by a line feed, of which the last is the Ed25519 signature over the six before it. Source of the form:
 * {@code docs/format/release.md}.
 *
 * @param program {@code daemon} or {@code source}
 * @param arch {@code amd64} or {@code arm64}
 * @param bytes how long the archive is
 * @param sha256 of the archive, 64 hex digits
 */
public record Release(String program, Version version, String arch, long bytes, String sha256) {
    /** The most octets that an archive has. */
    public static final long MOST_BYTES = 1L << 30;

    /** The most octets that the text has. */
    public static final int LONGEST_TEXT = 4_096;

    private static final Pattern TEXT = Pattern.compile("(cranny release 1\n"
            + "program (daemon|source)\n"
            + "version ([^\n]{1,60})\n"
            + "arch (amd64|arm64)\n"
            + "bytes ([1-9][0-9]{0,9})\n"
            + "sha256 ([0-9a-f]{64})\n)"
            + "signature ([A-Za-z0-9_-]{86})\n");
    private static final int BUFFER = 1 << 16;

    private enum Part {
        WHOLE,
        SIGNED,
        PROGRAM,
        VERSION,
        ARCH,
        BYTES,
        SHA256,
        SIGNATURE;

        String of(Matcher text) {
            return text.group(ordinal());
        }
    }

    /** What there is to sign of an archive. */
    public static Release of(String program, Version version, String arch, Path archive) throws IOException {
        return new Release(program, version, arch, Files.size(archive), sha256(archive));
    }

    /** The text that lies beside the archive. */
    public String sign(PrivateKey key) {
        byte[] signature = Signed.Algorithm.ED25519.sign(signed().getBytes(StandardCharsets.US_ASCII), key);
        return signed() + "signature " + Base64.getUrlEncoder().withoutPadding().encodeToString(signature) + "\n";
    }

    private String signed() {
        return String.join(
                        "\n",
                        List.of(
                                "cranny release 1",
                                "program " + program,
                                "version " + version,
                                "arch " + arch,
                                "bytes " + bytes,
                                "sha256 " + sha256))
                + "\n";
    }

    /** Reads without believing: for telling others what is said to be there. */
    public static Release parse(String text) throws MalformedException {
        Matcher parts = match(text);
        if (!Version.isOne(Part.VERSION.of(parts)) || Long.parseLong(Part.BYTES.of(parts)) > MOST_BYTES) {
            throw new MalformedException("the version or the length in it cannot be");
        }
        return new Release(
                Part.PROGRAM.of(parts),
                new Version(Part.VERSION.of(parts)),
                Part.ARCH.of(parts),
                Long.parseLong(Part.BYTES.of(parts)),
                Part.SHA256.of(parts));
    }

    /** What this key signed. */
    public static Release open(String text, PublicKey key) throws MalformedException {
        Matcher parts = match(text);
        byte[] signature = Base64.getUrlDecoder().decode(Part.SIGNATURE.of(parts));
        byte[] payload = Part.SIGNED.of(parts).getBytes(StandardCharsets.US_ASCII);
        if (!Signed.Algorithm.ED25519.verifies(payload, signature, key)) {
            throw new ForgedException("the key of this program did not sign it");
        }
        return parse(text);
    }

    private static Matcher match(String text) throws MalformedException {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new MalformedException("this is no signature of a release");
        }
        return parts;
    }

    /** @throws ForgedException when the archive is not the one that was signed */
    public void require(Path archive) throws IOException, ForgedException {
        if (Files.size(archive) != bytes || !sha256(archive).equals(sha256)) {
            throw new ForgedException("the archive is not the one that was signed");
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest())) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                continue;
            }
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
