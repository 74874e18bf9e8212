package org.cranny.central.installation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.release.Version;

/** The portable archives in the folder {@code cranny.packages}, by the names that {@code bin/package} gives them. */
public final class Packages {
    /** Processors that there are packages for. */
    static final List<String> ARCHES = List.of("amd64", "arm64");

    private static final Pattern NAME =
            Pattern.compile("(cranny|cranny-daemon)-([0-9][A-Za-z0-9.+~]{0,40})-linux-(amd64|arm64)\\.tar\\.gz");
    private static final int OCTET = 0xff;

    private static final String ARCHIVES =
            "cranny-VERSION-linux-ARCH.tar.gz and cranny-daemon-VERSION-linux-ARCH.tar.gz, as bin/package makes them,";

    private final Path folder;

    Packages(Path folder) {
        this.folder = folder;
    }

    /**
     * An archive.
     *
     * @param arch {@code amd64} or {@code arm64}
     * @param unpackedBytes how large it is without compression
     */
    public record Archive(Path file, Role role, String version, String arch, long unpackedBytes) {
        /** For comparing. */
        public Version order() {
            return new Version(version);
        }

        /** Where its signature lies, if it has one. */
        public Path signature() {
            return file.resolveSibling(file.getFileName() + ".sig");
        }
    }

    /** The folder of the settings. @throws ProblemException NO_PACKAGES, which says what to put where */
    public static Packages of(Settings settings) {
        Packages packages = new Packages(settings.packages()
                .filter(Files::isDirectory)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NO_PACKAGES,
                        settings.packages()
                                .map(folder -> "cranny.packages names no folder: " + folder)
                                .orElse("central has no packages to install. Put " + ARCHIVES
                                        + " into a folder on central's machine, name it in central.properties as"
                                        + " cranny.packages, and start central again"))));
        if (packages.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.NO_PACKAGES,
                    "central has no packages to install. On central's machine, put " + ARCHIVES + " into "
                            + packages.folder);
        }
        return packages;
    }

    private boolean isEmpty() {
        try {
            return all().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /** The newest one. @throws IOException with a sentence, when there is none */
    Archive find(Role role, String arch) throws IOException {
        return all().stream()
                .filter(each -> each.role() == role && each.arch().equals(arch))
                .max(Comparator.comparing(Archive::order))
                .orElseThrow(() -> new IOException("central has no archive " + role.program() + "-VERSION-linux-" + arch
                        + ".tar.gz in " + folder));
    }

    /** Every archive that there is. */
    public List<Archive> all() throws IOException {
        List<Archive> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    all.add(new Archive(
                            file, Role.ofProgram(name.group(1)), name.group(2), name.group(3), unpackedBytes(file)));
                }
            }
        }
        return all;
    }

    /** The last four octets of what gzip writes say so, for less than 4 GiB. */
    private static long unpackedBytes(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - Integer.BYTES));
            long bytes = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes |= (long) (in.read() & OCTET) << (i * Byte.SIZE);
            }
            return bytes;
        }
    }
}
