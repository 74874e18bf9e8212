package org.cranny.protocol.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The running program's side of an upgrade: the folder {@code upgrade} in its home, which {@code cranny-upgrade} made and
 * looks into as root. A program fetches and asks; whether what it fetched is applied is decided there.
 *
 * <pre>
 * SHA256.part   an archive that is being fetched
 * archive       the one that is to be applied, and its
 * signature
 * request       its version; written last: from then on it is applied
 * applying      the request, while it is applied
 * heard         the version that central acknowledged last
 * failed        version and reason of an upgrade that came to nothing, until central was told
 * </pre>
 */
public final class Upgrading {
    /** System property that names the folder of the package that runs. */
    public static final String BASE = "cranny.base";

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_REASON = 500;
    private static final Path BY_CENTRAL = Path.of("/opt/cranny");
    private static final Path BY_PACKAGES = Path.of("/usr/lib/cranny");

    private final String program;
    private final Path base;
    private final Path folder;
    private final String built;

    /** Brings octets of an archive. */
    public interface Fetch {
        /** @param offset of the first octet that is wanted @return to be closed by the caller */
        InputStream open(String version, long offset) throws IOException;
    }

    /**
     * @param program {@code daemon} or {@code source}
     * @param base of the package, or null where there is none
     * @param built version to tell where there is no package
     */
    Upgrading(String program, Path base, Path home, String built) {
        this.program = program;
        this.base = base;
        this.folder = home.resolve("upgrade");
        this.built = built;
    }

    /** Of the program that runs here. */
    public static Upgrading ofThis(String program, Path home, String built) {
        String base = System.getProperty(BASE, "");
        return new Upgrading(program, base.isEmpty() ? null : Path.of(base), home, built);
    }

    public ProgramReport report() throws IOException {
        return new ProgramReport(program, version(), arch(), upkeep(), failed());
    }

    private String version() throws IOException {
        return base != null && Files.exists(base.resolve("VERSION"))
                ? Files.readString(base.resolve("VERSION")).strip()
                : built;
    }

    /** As packages name it. */
    static String arch() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }

    private Upkeep upkeep() {
        if (base == null || !base.startsWith(BY_CENTRAL)) {
            return base != null && base.startsWith(BY_PACKAGES) ? Upkeep.PACKAGES : Upkeep.HAND;
        }
        return Files.exists(base.resolve("release.pub")) && Files.isDirectory(folder)
                ? Upkeep.CENTRAL
                : Upkeep.UNSIGNED;
    }

    private ProgramReport.FailedUpgrade failed() throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("failed"), StandardCharsets.UTF_8);
            return lines.isEmpty()
                    ? null
                    : new ProgramReport.FailedUpgrade(
                            lines.get(0), cut(String.join(" ", lines.subList(1, lines.size()))));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    /** Whether there is something to tell central at once. */
    public boolean hasNews() {
        return Files.exists(folder.resolve("failed"));
    }

    /** Central took this report: whoever upgraded this program sees that it works. */
    public void acknowledged(ProgramReport report) throws IOException {
        if (Files.isDirectory(folder)) {
            if (report.failed() != null) {
                Files.deleteIfExists(folder.resolve("failed"));
            }
            write("heard", report.version());
        }
    }

    /**
     * Fetches what is ordered and asks for it to be applied. What was fetched before an interruption is not fetched
     * again. Does nothing while an upgrade waits or is applied, or where there is nobody who could.
     */
    public void follow(UpgradeOrder order, Fetch fetch) throws IOException {
        followAs(upkeep(), order, fetch);
    }

    void followAs(Upkeep upkeep, UpgradeOrder order, Fetch fetch) throws IOException {
        if (upkeep != Upkeep.CENTRAL || waits("request") || waits("applying")) {
            return;
        }
        if (!order.sha256().matches("[0-9a-f]{64}") || !Version.isOne(order.version())) {
            return;
        }
        Path part = folder.resolve(order.sha256() + ".part");
        removeOthers(part);
        if (order.bytes() > Release.MOST_BYTES || !fetch(order, part, fetch)) {
            Files.deleteIfExists(part);
            write("failed", order.version() + "\nwhat central sends is not the archive that was signed");
            return;
        }
        Files.move(part, folder.resolve("archive"), StandardCopyOption.ATOMIC_MOVE);
        write("signature", order.signature().stripTrailing());
        write("request", order.version());
    }

    private boolean waits(String name) {
        return Files.exists(folder.resolve(name));
    }

    private void removeOthers(Path part) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each :
                    all.filter(file -> file.toString().endsWith(".part")).toList()) {
                if (!each.equals(part)) {
                    Files.delete(each);
                }
            }
        }
    }

    /** @return whether all came, and was right */
    private static boolean fetch(UpgradeOrder order, Path part, Fetch fetch) throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have < order.bytes()) {
            try (InputStream in = fetch.open(order.version(), have);
                    OutputStream out =
                            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                have += copy(in, out, order.bytes() - have + 1);
            }
        }
        if (have < order.bytes()) {
            throw new IOException("the archive broke off after " + have + " of " + order.bytes() + " octets");
        }
        force(part);
        return have == order.bytes() && Release.sha256(part).equals(order.sha256());
    }

    private static long copy(InputStream in, OutputStream out, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        while (copied < most) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
            if (read < 0) {
                break;
            }
            out.write(buffer, 0, read);
            copied += read;
        }
        return copied;
    }

    private void write(String name, String text) throws IOException {
        Path next = folder.resolve(name + ".new");
        Files.writeString(next, text + "\n", StandardCharsets.UTF_8);
        force(next);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    private static void force(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
