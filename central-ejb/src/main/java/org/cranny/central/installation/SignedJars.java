package org.cranny.central.installation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes the jars of a program out of its archive and signs each, with one signature and no other. */
final class SignedJars {
    private static final Pattern JAR = Pattern.compile("[^/]+/lib/((?:lib/)?[A-Za-z0-9][A-Za-z0-9._-]*\\.jar)");
    private static final Pattern SIGNATURE =
            Pattern.compile("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);
    private static final String SIGNER = "CRANNY";

    /** The Java that {@link WebStart#document} asks for. */
    private static final int RELEASE = 17;

    private static final int FIRST_VERSIONED = 9;

    private SignedJars() {}

    /** @param folder is there whole or not at all */
    static void make(Path archive, KeyStore.PrivateKeyEntry signer, Path folder) throws IOException {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        delete(part);
        Files.createDirectories(part);
        JarSigner sign = new JarSigner.Builder(signer).signerName(SIGNER).build();
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Matcher name = JAR.matcher(entry.getName());
                if (entry.isFile() && name.matches()) {
                    sign(sign, tar, part.resolve(name.group(1)));
                }
            }
        }
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sign(JarSigner signer, InputStream in, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Path unsigned = to.resolveSibling(to.getFileName() + ".unsigned");
        Files.copy(in, unsigned);
        try (FileSystem inside = FileSystems.newFileSystem(unsigned)) {
            removeSignatures(inside);
            takeClassesOf(RELEASE, inside);
        }
        try (ZipFile jar = new ZipFile(unsigned.toFile());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            signer.sign(jar, out);
        }
        Files.delete(unsigned);
    }

    /** Who starts jars from a link wants one signer for all of them. */
    private static void removeSignatures(FileSystem jar) throws IOException {
        try (Stream<Path> files = Files.list(jar.getPath("/META-INF"))) {
            List<Path> signatures = files.filter(
                            file -> SIGNATURE.matcher(file.toString()).matches())
                    .toList();
            for (Path each : signatures) {
                Files.delete(each);
            }
        }
    }

    /**
     * Puts the classes that a multi-release jar has for a release where the others are (JEP 238): IcedTea-Web's loader
     * takes every jar for one of a single release.
     */
    private static void takeClassesOf(int release, FileSystem jar) throws IOException {
        Path versions = jar.getPath("/META-INF/versions");
        for (int each = FIRST_VERSIONED; each <= release; each++) {
            Path version = versions.resolve(Integer.toString(each));
            if (Files.isDirectory(version)) {
                moveInto(jar.getPath("/"), version);
            }
        }
        delete(versions);
    }

    private static void moveInto(Path root, Path version) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(version)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path each : files) {
            Path to = root.resolve(version.relativize(each));
            Files.createDirectories(to.getParent());
            Files.move(each, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static void deleteOthers(Path all, Path but) throws IOException {
        try (Stream<Path> folders = Files.list(all)) {
            for (Path each : folders.filter(folder -> !folder.equals(but)).toList()) {
                delete(each);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.notExists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
