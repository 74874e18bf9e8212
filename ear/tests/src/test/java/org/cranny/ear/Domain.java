package org.cranny.ear;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A domain's folder, as {@code make-domain.sh} leaves it. */
record Domain(Path folder) {
    private static final int DIGESTS = 100;

    /**
     * Lets Arquillian in: without the application, which it deploys itself, with a plain listener on loopback for the
     * tests in the container, and with a password for administration.
     *
     * @param people port of people's listener; Arquillian reads it and understands numbers only
     * @return the password
     */
    String openToArquillian(int people, int plain) throws IOException {
        Path file = folder.resolve("config/domain.xml");
        String xml = Files.readString(file);
        xml = replaced(xml, "(?s)<application [^>]*name=\"cranny\".*?</application>", "");
        xml = replaced(xml, "<application-ref ref=\"cranny\"[^>]*></application-ref>", "");
        xml = replaced(xml, "port=\"\\$\\{cranny\\.people\\.port}\"", "port=\"" + people + "\"");
        xml = replaced(xml, "network-listeners=\"people, machines\"", "network-listeners=\"people, machines, plain\"");
        xml = replaced(xml, "</protocols>", PROTOCOL + "</protocols>");
        xml = replaced(xml, "</network-listeners>", LISTENER.formatted(plain) + "</network-listeners>");
        Files.writeString(file, xml);
        // What it remembers of the distribution are paths of the one that the template was made with.
        Folders.delete(folder.resolve("osgi-cache"));
        for (String emptied : List.of("applications", "generated")) {
            Folders.delete(folder.resolve(emptied));
            Files.createDirectory(folder.resolve(emptied));
        }
        byte[] octets = new byte[16];
        new SecureRandom().nextBytes(octets);
        String password = HexFormat.of().formatHex(octets);
        Files.writeString(folder.resolve("config/admin-keyfile"), "admin;" + digest(password) + ";asadmin\n");
        return password;
    }

    private static final String PROTOCOL =
            "<protocol name=\"plain\"><http default-virtual-server=\"server\"><file-cache/></http></protocol>";
    private static final String LISTENER = "<network-listener name=\"plain\" protocol=\"plain\" address=\"127.0.0.1\""
            + " port=\"%d\" thread-pool=\"http-thread-pool\" transport=\"tcp\"/>";

    private static String replaced(String xml, String pattern, String replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(xml);
        if (!matcher.find()) {
            throw new IllegalStateException("the domain's configuration has no " + pattern);
        }
        return matcher.replaceFirst(Matcher.quoteReplacement(replacement));
    }

    /** The way in which the server keeps passwords of administrators. */
    private static String digest(String password) {
        byte[] salt = new byte[8];
        new SecureRandom().nextBytes(salt);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(password.getBytes(StandardCharsets.US_ASCII));
            byte[] digest = sha256.digest(salt);
            for (int i = 1; i < DIGESTS; i++) {
                digest = sha256.digest(digest);
            }
            byte[] kept = new byte[digest.length + salt.length];
            System.arraycopy(digest, 0, kept, 0, digest.length);
            System.arraycopy(salt, 0, kept, digest.length, salt.length);
            return "{SSHA256}" + Base64.getEncoder().encodeToString(kept);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
