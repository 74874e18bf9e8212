package org.cranny.client.masterfile;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.cranny.client.home.DurableFiles;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;

/**
 * Keeps the newest master file that the realm signed, for the time when central is away.
 *
 * <p>Never goes back: a lower version, a wrong signature, or other content under the same version is refused, and what
 * was kept stays. Several processes may refresh at once. Source of the rules: {@code docs/protocol/master-file.md}.
 */
public final class LocalMasterFile {
    private final Path file;
    private final PublicKey realmKey;

    /** @param realmKey the realm's master-file key */
    public LocalMasterFile(Path file, PublicKey realmKey) {
        this.file = file;
        this.realmKey = realmKey;
    }

    /** What is kept, checked again; empty before the first one came, or when the file was damaged. */
    public Optional<MasterFile> kept() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            MasterFile kept = MasterFile.parse(Files.readString(file, StandardCharsets.UTF_8));
            kept.verify(realmKey);
            return Optional.of(kept);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes an answer of central, a delta to what was kept or a whole file, and keeps it.
     *
     * @param since version that central was asked about, 0 for none; when another process has kept a newer one
     *     meanwhile, that one stands
     * @return the newest master file, on disk
     * @throws MasterFileRefusedException when it is not newer and not the same, or not signed by the realm
     */
    public MasterFile accept(long since, String answer) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (LocalMasterFile.class) {
            try (FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE);
                    FileLock held = channel.lock()) {
                assert held.isValid();
                return acceptLocked(since, answer);
            }
        }
    }

    /** The hosts that a master file lists, in the order of their ids. */
    public static List<Host> hosts(MasterFile masterFile) throws IOException {
        try {
            return HostLines.parse(masterFile.lines().values());
        } catch (MalformedException e) {
            throw new MasterFileRefusedException(e.getMessage(), e);
        }
    }

    private MasterFile acceptLocked(long since, String answer) throws IOException {
        Optional<MasterFile> before = kept();
        if (before.isPresent() && before.get().version() > since) {
            return before.get();
        }
        MasterFile after = believed(answer, before);
        if (before.isPresent() && after.version() <= before.get().version()) {
            return unchanged(before.get(), after);
        }
        hosts(after);
        DurableFiles.write(file, after.text().getBytes(StandardCharsets.UTF_8));
        return after;
    }

    private MasterFile believed(String answer, Optional<MasterFile> before) throws MasterFileRefusedException {
        try {
            MasterFile after = before.isPresent() ? before.get().apply(answer) : MasterFile.parse(answer);
            after.verify(realmKey);
            return after;
        } catch (MalformedException e) {
            throw new MasterFileRefusedException(e.getMessage(), e);
        }
    }

    private static MasterFile unchanged(MasterFile before, MasterFile after) throws MasterFileRefusedException {
        if (after.version() < before.version()) {
            throw new MasterFileRefusedException(
                    "it has version " + after.version() + ", and version " + before.version() + " is known", null);
        }
        if (!after.text().equals(before.text())) {
            throw new MasterFileRefusedException(
                    "version " + after.version() + " came twice with different content", null);
        }
        return before;
    }
}
