package org.cranny.engine.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.ForgedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * The manifests of this source in its own home: one file a version, {@code NNNNNNNNNN.manifest}, and beside it, once
 * central has it, {@code NNNNNNNNNN.committed}. A manifest is on disk before {@link #add} returns. Each is believed
 * only with the source's own signature; which were found right before is remembered in the file {@code believed}. The
 * file {@code forgotten} has a line for each span of versions that nobody can have again, {@code FIRST-LAST}; their
 * manifests stay, because later ones say only in what they differ. The folder {@code aside} holds manifests that central
 * could not commit, {@code VERSION-ID.manifest}, until they are signed anew.
 */
public final class Snapshots {
    private static final String MANIFEST = ".manifest";
    private static final String COMMITTED = ".committed";
    private static final String FORGOTTEN = "forgotten";
    private static final String ASIDE = "aside";
    private static final String BELIEVED = "believed";
    private static final String DAMAGED = ".damaged";

    private final Path folder;
    private final List<PublicKey> sourceKeys;
    private final Believed believed;
    private volatile List<VersionRange> heardOf = List.of();

    public Snapshots(Path folder, PublicKey sourceKey) {
        this(folder, List.of(sourceKey));
    }

    /** @param sourceKeys the source's own, also those of before another machine took its place */
    public Snapshots(Path folder, Collection<PublicKey> sourceKeys) {
        this.folder = folder;
        this.sourceKeys = List.copyOf(sourceKeys);
        this.believed = new Believed(folder.resolve(BELIEVED), this.sourceKeys);
    }

    /** Those that can be had, oldest first. */
    public List<Snapshot> kept() throws IOException {
        List<VersionRange> forgotten = forgotten();
        return list().stream()
                .filter(each -> !contains(forgotten, each.manifest().version()))
                .toList();
    }

    /** Versions that nobody can have again. */
    public List<VersionRange> forgotten() throws IOException {
        List<VersionRange> all = new ArrayList<>(noted());
        all.addAll(heardOf);
        return all;
    }

    private List<VersionRange> noted() throws IOException {
        Path file = folder.resolve(FORGOTTEN);
        if (Files.notExists(file)) {
            return List.of();
        }
        List<VersionRange> ranges = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] ends = line.split("-", 2);
            try {
                ranges.add(new VersionRange(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("The file " + file + " is damaged: remove it, central knows what it says.", e);
            }
        }
        return ranges;
    }

    /** Whether nobody can have this snapshot again. */
    public boolean isForgotten(Snapshot snapshot) throws IOException {
        return contains(forgotten(), snapshot.manifest().version());
    }

    /**
     * Hears that nobody can have these versions again, and writes nothing down: for whoever shares the home with others.
     * Counts as long as this object lives.
     */
    public void hear(List<VersionRange> versions) {
        heardOf = List.copyOf(versions);
    }

    /** Takes note of versions that nobody can have again. On disk when this returns. */
    public void forget(List<VersionRange> versions) throws IOException {
        List<VersionRange> before = noted();
        List<VersionRange> after = VersionRange.of(list().stream()
                .map(each -> each.manifest().version())
                .filter(version -> contains(before, version) || contains(versions, version))
                .toList());
        if (!after.equals(before)) {
            StringBuilder lines = new StringBuilder();
            after.forEach(range ->
                    lines.append(range.first()).append('-').append(range.last()).append('\n'));
            Files.createDirectories(folder);
            write(folder.resolve(FORGOTTEN), lines.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Which packs all these snapshots need. */
    public PackHistory history() throws IOException {
        return historyWithout(List.of());
    }

    /** As {@link #history()}, as if nobody could have these versions again, either. */
    public PackHistory historyWithout(Collection<Long> versions) throws IOException {
        List<VersionRange> forgotten = forgotten();
        List<Snapshot> all = list();
        return new PackHistory(
                all,
                all.stream()
                        .map(each -> each.manifest().version())
                        .filter(version -> !contains(forgotten, version) && !versions.contains(version))
                        .collect(Collectors.toSet()));
    }

    private static boolean contains(List<VersionRange> ranges, long version) {
        return ranges.stream().anyMatch(range -> range.contains(version));
    }

    /** All of them, also forgotten ones, oldest first. */
    public List<Snapshot> list() throws IOException {
        return read(folder);
    }

    private List<Snapshot> read(Path from) throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (Path file : manifests(from)) {
            snapshots.add(readOne(file));
        }
        return snapshots;
    }

    public Optional<Snapshot> newest() throws IOException {
        List<Path> all = manifests(folder);
        return all.isEmpty() ? Optional.empty() : Optional.of(readOne(all.get(all.size() - 1)));
    }

    /**
     * The snapshot whose id begins so, or the newest for {@code latest}.
     *
     * @throws UnknownSnapshotException when there is none, or more than one, or it is forgotten
     */
    public Snapshot find(String beginning) throws IOException {
        if (beginning.equals("latest")) {
            return newest().orElseThrow(() -> new UnknownSnapshotException("There is no snapshot yet."));
        }
        List<Snapshot> found = list().stream()
                .filter(snapshot -> snapshot.id().startsWith(beginning))
                .toList();
        if (found.size() != 1 || beginning.isEmpty()) {
            String many = found.isEmpty() ? "No snapshot has" : "More than one snapshot has";
            throw new UnknownSnapshotException(
                    many + " an id that begins with '" + beginning + "'. See 'cranny snapshots'.");
        }
        return requireKept(found.get(0));
    }

    /** The same snapshot. @throws UnknownSnapshotException when nobody can have it again */
    public Snapshot requireKept(Snapshot snapshot) throws IOException {
        if (isForgotten(snapshot)) {
            throw new UnknownSnapshotException("Snapshot " + snapshot.shortId()
                    + " was forgotten, and its data is given up. See 'cranny snapshots' for those that are kept.");
        }
        return snapshot;
    }

    /** All packs that a snapshot needs, by id. */
    public Map<FragmentId, PackEntry> packSet(Snapshot snapshot) throws IOException {
        Map<FragmentId, PackEntry> packs = new LinkedHashMap<>();
        for (Snapshot each : list()) {
            if (each.manifest().version() > snapshot.manifest().version()) {
                break;
            }
            each.manifest().removed().forEach(packs::remove);
            each.manifest().added().forEach(entry -> packs.put(entry.pack(), entry));
        }
        return packs;
    }

    public Snapshot add(Signed signed, Signed committed) throws IOException {
        Snapshot snapshot = believed(signed, committed);
        long version = snapshot.manifest().version();
        Files.createDirectories(folder);
        write(file(version, MANIFEST), signed.bytes());
        if (committed != null) {
            write(file(version, COMMITTED), committed.bytes());
        }
        return snapshot;
    }

    /**
     * Moves those that no central has committed out of the row of versions, the newest first, so that what stays is without
     * gaps at any moment. On disk when this returns.
     */
    public void setAside() throws IOException {
        List<Snapshot> waiting =
                list().stream().filter(each -> each.committed() == null).toList();
        for (int i = waiting.size() - 1; i >= 0; i--) {
            Path place = aside(waiting.get(i));
            Files.createDirectories(place.getParent());
            force(folder);
            Files.move(file(waiting.get(i).manifest().version(), MANIFEST), place, StandardCopyOption.ATOMIC_MOVE);
            force(place.getParent());
            force(folder);
        }
    }

    /** Those that were set aside, oldest first; they are in no list. */
    public List<Snapshot> aside() throws IOException {
        return read(folder.resolve(ASIDE));
    }

    /** Takes one away that was set aside. */
    public void dropAside(Snapshot snapshot) throws IOException {
        Path file = aside(snapshot);
        Files.deleteIfExists(file);
        force(file.getParent());
    }

    private Path aside(Snapshot snapshot) {
        return folder.resolve(ASIDE)
                .resolve(String.format("%010d-%s%s", snapshot.manifest().version(), snapshot.id(), MANIFEST));
    }

    private Snapshot readOne(Path file) throws IOException {
        Path committed = committed(file);
        try {
            return snapshot(
                    Signed.parse(Files.readAllBytes(file)),
                    Files.notExists(committed) ? null : Signed.parse(Files.readAllBytes(committed)));
        } catch (MalformedException e) {
            throw new IOException(
                    "The manifest " + file.getFileName() + " is damaged: " + e.getMessage()
                            + ". Make it again: cranny rebuild-index",
                    e);
        }
    }

    private static Path committed(Path manifest) {
        return manifest.resolveSibling(manifest.getFileName().toString().replace(MANIFEST, COMMITTED));
    }

    /** Versions that are here whole; {@link #list()} fails where one is not. */
    public Set<Long> whole() throws IOException {
        Set<Long> whole = new HashSet<>();
        for (Path file : manifests(folder)) {
            if (isWhole(file)) {
                whole.add(version(file));
            }
        }
        return whole;
    }

    /**
     * Takes what cannot be read or believed out of the row of versions; its octets stay beside it, as {@code …damaged}. A
     * manifest that only lost its countersignature stays, as one that central has not committed yet.
     *
     * @return versions that are no snapshots any more
     */
    public List<Long> setDamagedAside() throws IOException {
        List<Long> lost = new ArrayList<>();
        for (Path file : manifests(folder)) {
            if (!isWhole(file)) {
                setAside(committed(file));
                if (!isWhole(file)) {
                    setAside(file);
                    lost.add(version(file));
                }
                force(folder);
            }
        }
        return lost;
    }

    private static void setAside(Path file) throws IOException {
        if (!Files.notExists(file)) {
            Path damaged = file.resolveSibling(file.getFileName() + DAMAGED);
            Files.move(file, damaged, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> manifests(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(MANIFEST))
                    .sorted()
                    .toList();
        }
    }

    private boolean isWhole(Path file) {
        try {
            readOne(file);
            return true;
        } catch (IOException damaged) {
            return false;
        }
    }

    private static long version(Path file) {
        return Long.parseLong(file.getFileName().toString().replace(MANIFEST, ""));
    }

    /** What a manifest says, when this source signed it. @throws MalformedException when it did not */
    public Manifest believe(Signed signed) throws MalformedException {
        return open(signed);
    }

    private Snapshot believed(Signed signed, Signed committed) throws IOException {
        try {
            return snapshot(signed, committed);
        } catch (MalformedException e) {
            throw new IOException("A manifest is not this machine's own: " + e.getMessage(), e);
        }
    }

    private Snapshot snapshot(Signed signed, Signed committed) throws MalformedException {
        return new Snapshot(HexFormat.of().formatHex(Manifest.hash(signed)), open(signed), signed, committed);
    }

    private Manifest open(Signed signed) throws MalformedException {
        if (believed.knows(signed)) {
            return Manifest.ofBelieved(signed);
        }
        Manifest manifest = verified(signed);
        believed.add(signed);
        return manifest;
    }

    private Manifest verified(Signed signed) throws MalformedException {
        for (PublicKey key : sourceKeys.subList(1, sourceKeys.size())) {
            try {
                return Manifest.open(signed, key);
            } catch (ForgedException signedWithAnother) {
                continue;
            }
        }
        return Manifest.open(signed, sourceKeys.get(0));
    }

    private Path file(long version, String ending) {
        return folder.resolve(String.format("%010d%s", version, ending));
    }

    private static void write(Path file, byte[] octets) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.getParent());
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
