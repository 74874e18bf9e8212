package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Keeps central's own copies of tree and index packs on disk, so that browsing does not depend on who is awake.
 * {@code packs/SOURCE/2 hex/62 hex} below central's home. A file has its name only when all its octets are on disk and
 * hash to it; what an interrupted request left behind is swept at the next start.
 */
@ApplicationScoped
public class PackCopies {
    private static final Logger LOGGER = Logger.getLogger(PackCopies.class.getName());
    private static final byte[] MAGIC = "CRNYPK\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEADER = 96;
    private static final int SOURCE_TAG_AT = 16;
    private static final int CLASS_AT = 8;
    private static final int TREE = 2;
    private static final int INDEX = 3;
    private static final int BUFFER = 1 << 16;

    private final Path packs;
    private final long keepFreeBytes;

    protected PackCopies() {
        this.packs = null;
        this.keepFreeBytes = 0;
    }

    @Inject
    public PackCopies(Settings settings) throws IOException {
        this.packs = settings.home().resolve("packs");
        this.keepFreeBytes = settings.keepFreeBytes();
        sweep();
    }

    /**
     * Keeps a pack; when this returns it is on disk.
     *
     * @return whether it is new here
     * @throws ProblemException WRONG_HASH, TOO_LARGE, HOST_FULL, or BAD_REQUEST when it is no tree or index pack of
     *     this source
     */
    public boolean put(SystemId source, FragmentId pack, InputStream octets) throws IOException {
        Path file = file(source, pack);
        if (Files.isRegularFile(file) && hash(file).equals(pack)) {
            return false;
        }
        makeFolder(file.getParent());
        makeFolder(incoming());
        if (Files.getFileStore(packs).getUsableSpace() < keepFreeBytes) {
            throw new ProblemException(ProblemKind.HOST_FULL, "central's own disk is full");
        }
        Path part = Files.createTempFile(
                incoming(),
                "pack",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            receive(source, pack, octets, part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--------"));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            sync(file.getParent());
        } finally {
            Files.deleteIfExists(part);
        }
        return true;
    }

    /** The file with the pack's octets; only this source's packs are found. */
    public Optional<Path> find(SystemId source, FragmentId pack) {
        return Optional.of(file(source, pack)).filter(Files::isRegularFile);
    }

    /** Gives a copy up; one that is not there, or cannot be removed, is no trouble. */
    public void remove(SystemId source, FragmentId pack) {
        try {
            Files.deleteIfExists(file(source, pack));
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "the copy of pack {0} could not be removed: {1}", new Object[] {pack, e.getMessage()
                    });
        }
    }

    /** The folder of a source's packs: {@code 2 hex/62 hex}. It may be missing. */
    public Path folder(SystemId source) {
        return packs.resolve(String.valueOf(source.number()));
    }

    private static void receive(SystemId source, FragmentId pack, InputStream octets, Path part) throws IOException {
        FragmentHasher hasher = new FragmentHasher();
        byte[] header = octets.readNBytes(HEADER);
        checkHeader(header, source);
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            write(out, hasher, header, header.length);
            byte[] buffer = new byte[BUFFER];
            for (int count = octets.read(buffer); count >= 0; count = octets.read(buffer)) {
                if (hasher.length() + count > Candidate.LONGEST) {
                    throw new ProblemException(
                            ProblemKind.TOO_LARGE, "a pack has at most " + Candidate.LONGEST + " octets");
                }
                write(out, hasher, buffer, count);
            }
            if (!hasher.finish().equals(pack)) {
                throw new ProblemException(ProblemKind.WRONG_HASH, "the octets are not those of pack " + pack);
            }
            out.force(true);
        }
    }

    private static void checkHeader(byte[] header, SystemId source) {
        boolean right = header.length == HEADER
                && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && (header[CLASS_AT] == TREE || header[CLASS_AT] == INDEX)
                && Arrays.equals(
                        header, SOURCE_TAG_AT, SOURCE_TAG_AT + SystemId.OCTETS, source.tag(), 0, SystemId.OCTETS);
        if (!right) {
            throw new ProblemException(Problem.ofField("body", "this is no tree or index pack of this source"));
        }
    }

    private static void write(FileChannel out, FragmentHasher hasher, byte[] octets, int count) throws IOException {
        hasher.update(octets, 0, count);
        ByteBuffer left = ByteBuffer.wrap(octets, 0, count);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    private static FragmentId hash(Path file) throws IOException {
        FragmentHasher hasher = new FragmentHasher();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
        }
        return hasher.finish();
    }

    private Path file(SystemId source, FragmentId pack) {
        String hex = pack.toString();
        return folder(source).resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    private Path incoming() {
        return packs.resolve("incoming");
    }

    private void sweep() throws IOException {
        if (!Files.isDirectory(incoming())) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming(), "*.part")) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    /** A new folder is on disk in its parent before anything is put into it. */
    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeFolder(folder.getParent());
        Files.createDirectories(folder);
        sync(folder.getParent());
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
