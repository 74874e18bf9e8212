package org.cranny.central.device;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * What devices uploaded and is in no snapshot yet: below central's home, {@code devices/NUMBER/waiting/N}, a folder each,
 * for central alone.
 *
 * <ul>
 *   <li>A folder has its place only when all of it is on disk; what broke off lies in {@code incoming}, and is swept at
 *       the next start.
 *   <li>What waits stays until it is done, whatever is restarted, in the order in which it came.
 *   <li>All of it together is never more than the most that was set, and leaves central's disk the room that it needs.
 * </ul>
 */
@ApplicationScoped
class Spool {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    static final String ABOUT = "about.json";
    private static final int BUFFER = 1 << 16;
    private static final int BATCH_FILES = 1_000;
    private static final long BATCH_BYTES = 1L << 30;

    private final Path devices;
    private final long mostBytes;
    private final long keepFreeBytes;
    private final Clock clock;
    private final AtomicLong held = new AtomicLong();
    private final Map<Long, Long> heldByDevice = new ConcurrentHashMap<>();

    protected Spool() {
        this.devices = null;
        this.mostBytes = 0;
        this.keepFreeBytes = 0;
        this.clock = null;
    }

    @Inject
    Spool(Settings settings, Clock clock) throws IOException {
        this.devices = settings.home().resolve("devices");
        this.mostBytes = settings.uploadsWaitingBytes();
        this.keepFreeBytes = settings.keepFreeBytes();
        this.clock = clock;
        for (long device : devices()) {
            sweep(incoming(device));
            for (Path folder : folders(waitingFolder(device))) {
                if (Files.notExists(folder.resolve(ABOUT))) {
                    sweep(folder);
                }
            }
            for (Waiting each : waiting(device)) {
                hold(device, each.upload().bytes());
            }
        }
    }

    /**
     * Takes a file; when this returns it is on disk, and when it fails nothing of it is.
     *
     * @throws ProblemException SPOOL_FULL, or BAD_REQUEST when it did not come whole
     */
    Upload receive(long device, FileName name, UploadRequest request, InputStream octets) throws IOException {
        reserve(device, request.length());
        boolean kept = false;
        Path folder = begin(device);
        try {
            String digest = copy(octets, folder.resolve(Waiting.CONTENT), request.length());
            Instant now = now();
            Instant modified = request.modified() == null ? now : request.modified();
            Upload upload = new Upload(name.text(), request.length(), modified, now, digest, false);
            finish(device, folder, upload);
            kept = true;
            return upload;
        } finally {
            if (!kept) {
                sweep(folder);
                hold(device, -request.length());
            }
        }
    }

    /** Notes that a file shall leave; on disk when this returns. */
    Upload delete(long device, FileName name) throws IOException {
        Path folder = begin(device);
        Upload upload = new Upload(name.text(), 0, null, now(), null, true);
        finish(device, folder, upload);
        return upload;
    }

    /** All that waits, in the order in which it came. */
    List<Waiting> waiting(long device) throws IOException {
        List<Waiting> waiting = new ArrayList<>();
        for (Path folder : folders(waitingFolder(device))) {
            try {
                waiting.add(new Waiting(folder, read(folder)));
            } catch (NoSuchFileException done) {
                continue;
            }
        }
        return waiting;
    }

    /**
     * The first of what waits: as much as makes one snapshot, and no further than where a name comes again, since that is
     * another version of the file.
     */
    List<Waiting> batch(long device) throws IOException {
        Set<String> names = new HashSet<>();
        List<Waiting> batch = new ArrayList<>();
        long bytes = 0;
        for (Waiting each : waiting(device)) {
            bytes += each.upload().bytes();
            boolean more = batch.size() < BATCH_FILES && bytes <= BATCH_BYTES && names.add(each.name());
            if (!more && !batch.isEmpty()) {
                return batch;
            }
            batch.add(each);
        }
        return batch;
    }

    /** These are in a snapshot now. */
    void done(long device, List<Waiting> batch) throws IOException {
        for (Waiting each : batch) {
            sweep(each.folder());
            hold(device, -each.upload().bytes());
        }
    }

    /** Where what central knows as a device's backup application lies. */
    Path home(long device) throws IOException {
        Path home = devices.resolve(device + "/source");
        makeFolder(home);
        return home;
    }

    /** Numbers of the devices that ever had something to wait. */
    List<Long> devices() throws IOException {
        return folders(devices).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> name.matches("[1-9][0-9]{0,17}"))
                .map(Long::valueOf)
                .toList();
    }

    /** What of a device waits, or is on its way. */
    long bytes(long device) {
        return heldByDevice.getOrDefault(device, 0L);
    }

    /** How much of a device waits. */
    int count(long device) throws IOException {
        return folders(waitingFolder(device)).size();
    }

    private long hold(long device, long bytes) {
        heldByDevice.merge(device, bytes, Long::sum);
        return held.addAndGet(bytes);
    }

    private void reserve(long device, long bytes) throws IOException {
        makeFolder(devices);
        long free = Files.getFileStore(devices).getUsableSpace();
        if (hold(device, bytes) > mostBytes || free - bytes < keepFreeBytes) {
            hold(device, -bytes);
            throw new ProblemException(
                    ProblemKind.SPOOL_FULL,
                    "central has no room for " + bytes + " octets more until others are spread");
        }
    }

    private Path begin(long device) throws IOException {
        makeFolder(incoming(device));
        makeFolder(waitingFolder(device));
        return Files.createTempDirectory(incoming(device), "", FOLDER);
    }

    /** @return SHA-256, hex */
    private static String copy(InputStream octets, Path file, long length) throws IOException {
        Files.createFile(file, FILE);
        MessageDigest digest = sha256();
        long count = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = octets.read(buffer); read >= 0 && count <= length; read = octets.read(buffer)) {
                digest.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
                count += read;
            }
            out.force(true);
        }
        if (count != length) {
            throw new ProblemException(
                    Problem.ofField("body", count + " octets came of " + length + ": upload the file again"));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void finish(long device, Path folder, Upload upload) throws IOException {
        try (FileChannel out =
                FileChannel.open(Files.createFile(folder.resolve(ABOUT), FILE), StandardOpenOption.WRITE)) {
            write(out, ByteBuffer.wrap(write(upload).getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        sync(folder);
        synchronized (this) {
            List<Path> before = folders(waitingFolder(device));
            long last = before.isEmpty() ? 0 : number(before.get(before.size() - 1));
            Path place = waitingFolder(device).resolve(String.format("%019d", last + 1));
            Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
        }
        sync(waitingFolder(device));
    }

    private static String write(Upload upload) {
        JsonObjectBuilder about = Json.createObjectBuilder()
                .add("name", upload.name())
                .add("bytes", upload.bytes())
                .add("received", upload.received().toString())
                .add("deletion", upload.deletion());
        if (!upload.deletion()) {
            about.add("modified", upload.modified().toString()).add("digest", upload.digest());
        }
        return about.build().toString();
    }

    private static Upload read(Path folder) throws IOException {
        try (JsonReader reader =
                Json.createReader(new StringReader(ClosedJson.text(Files.readAllBytes(folder.resolve(ABOUT)))))) {
            JsonObject about = reader.readObject();
            boolean deletion = about.getBoolean("deletion");
            return new Upload(
                    about.getString("name"),
                    about.getJsonNumber("bytes").longValueExact(),
                    deletion ? null : Instant.parse(about.getString("modified")),
                    Instant.parse(about.getString("received")),
                    about.getString("digest", null),
                    deletion);
        } catch (JsonException
                | DateTimeException
                | ClassCastException
                | NullPointerException
                | ArithmeticException
                | MalformedException e) {
            throw new IOException(folder + " is damaged: take it away, and upload what was in it again", e);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private Path incoming(long device) {
        return devices.resolve(device + "/incoming");
    }

    private Path waitingFolder(long device) {
        return devices.resolve(device + "/waiting");
    }

    private static long number(Path folder) {
        return Long.parseLong(folder.getFileName().toString());
    }

    /** By name. */
    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static void write(FileChannel out, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            out.write(octets);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.getParent());
            Files.createDirectories(folder, FOLDER);
            sync(folder.getParent());
        }
    }

    /** Its name goes first, so that what a crash leaves of it is not taken for something that waits. */
    private static void sweep(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.deleteIfExists(folder.resolve(ABOUT));
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
