package org.cranny.daemon.identity;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.cranny.protocol.id.RealmId;

/**
 * The one folder that a daemon writes to; nothing is ever written outside it.
 * The layout is that of {@code docs/protocol/daemon.md}.
 */
public record Home(Path folder) {
    /** System property that names the folder. */
    public static final String PROPERTY = "cranny.daemon.home";

    /** @throws IllegalStateException when the property is missing */
    public static Home ofProperty() {
        String folder = System.getProperty(PROPERTY);
        if (folder == null || folder.isBlank()) {
            throw new IllegalStateException("the system property " + PROPERTY + " names no folder");
        }
        return new Home(Path.of(folder));
    }

    public Path fragments() {
        return folder.resolve("fragments");
    }

    public Path incoming() {
        return folder.resolve("incoming");
    }

    public Path damaged() {
        return folder.resolve("damaged");
    }

    public Path trash() {
        return folder.resolve("trash");
    }

    public Path state(String name) {
        return folder.resolve("state").resolve(name);
    }

    /** Realms other than the own whose sources may keep fragments here, a folder each. */
    Path issuers() {
        return folder.resolve("issuers");
    }

    Path issuer(RealmId realm) {
        return issuers().resolve(realm.hex());
    }

    Path realm(String name) {
        return folder.resolve("realm").resolve(name);
    }

    /** The authorities that the listener believes. Written last whenever a realm is added or taken out. */
    Path trusted() {
        return realm("truststore.p12");
    }

    Path identity() {
        return folder.resolve("identity.p12");
    }

    Path password() {
        return folder.resolve("identity.password");
    }

    /** The key pair of a request to join: PKCS#8 and SubjectPublicKeyInfo, base64, a line each. */
    Path joiningKey() {
        return folder.resolve("joining.key");
    }

    public Path settings() {
        return folder.resolve("daemon.properties");
    }

    /** The lines of a file of properties. @throws IOException with a sentence, also when it is none */
    public static Properties properties(Path file) throws IOException {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
            return lines;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Makes a folder and those above it, for this user alone, durable before it returns. */
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            makeFolder(parent);
        }
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (java.nio.file.FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
            if (parent != null) {
                forceFolder(parent);
            }
        }
    }

    /** Writes a small file, mode 0600, so that after a crash either the old or the new content is there. */
    public static void replace(Path file, byte[] content) throws IOException {
        makeFolder(file.toAbsolutePath().getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.toAbsolutePath().getParent());
    }

    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
