package org.cranny.engine.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.PassphraseSeal;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.source.Source;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.ContentWriter;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.NodeStore;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * Made the repository in {@code src/test/resources/golden/v1}, once, and is kept to say how: run {@link #main} with an
 * empty folder, and the same packs and payloads of manifests come out, as long as the codecs write as they did; signatures
 * and times of receipts differ. What is there is never made anew: that today's writer agrees with today's reader says nothing
 * of yesterday's backups. A version 2 gets a generator and a folder beside these.
 *
 * <p>Three snapshots with three codecs and two generations of keys: a tree with everything that an entry can be, the same
 * with changes, and a stream.
 */
final class GoldenRepository {
    static final String PASSPHRASE = "golden for ever";
    static final String KEYS_MAGIC = "CRNYRA\0\1";

    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private final Path folder;
    private final SecureRandom random = new Seeded();
    private final TestRealm realm;

    private GoldenRepository(Path folder) throws IOException {
        this.folder = folder;
        realm = new TestRealm(folder.resolve("realm"), 2, random);
    }

    /** @param arguments an empty folder */
    public static void main(String[] arguments) throws Exception {
        new GoldenRepository(Path.of(arguments[0])).make();
    }

    private void make() throws Exception {
        KeyRing first = KeyRing.create(realm.identity().system(), random);
        KeyRing second = first.rotate(random);
        backUp(first, Compression.USUAL, "a tree", false);
        backUp(second, Compression.XZ, "with changes", true);
        takeIn(second);
        for (Path fragment : realm.fragments(2)) {
            Files.copy(
                    fragment, made("fragments").resolve(fragment.getFileName().toString()));
        }
        for (SnapshotLine line : realm.snapshots(0)) {
            Files.writeString(
                    made("manifests").resolve(String.valueOf(line.version())),
                    line.manifest() + "\n" + line.committed() + "\n");
        }
        Files.write(folder.resolve("placements"), placements());
        Files.write(
                folder.resolve("source.spki"),
                realm.identity().certificate().getPublicKey().getEncoded());
        seal(second);
        delete(folder.resolve("realm"));
        delete(folder.resolve("home"));
        Files.writeString(folder.resolve("expected.txt"), GoldenText.of(folder));
    }

    /** A line a pack: id, class, length, k, n, and each fragment's number and receipt. */
    private List<String> placements() throws IOException {
        List<String> lines = new ArrayList<>();
        List<Placement> page = realm.placements(null, 1).packs();
        while (!page.isEmpty()) {
            for (Placement each : page) {
                String held = each.fragments().stream()
                        .map(one -> one.number() + " " + one.receipt())
                        .collect(Collectors.joining(" "));
                lines.add(String.join(
                        " ",
                        each.pack(),
                        each.packClass(),
                        String.valueOf(each.length()),
                        String.valueOf(each.k()),
                        String.valueOf(each.n()),
                        held));
            }
            page = realm.placements(page.get(page.size() - 1).pack(), 1).packs();
        }
        return lines;
    }

    private Path made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private void seal(KeyRing keys) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("keys.sealed"))) {
            OutputStream sealed =
                    new PassphraseSeal(KEYS_MAGIC).seal(file, new byte[0], PASSPHRASE.toCharArray(), random);
            sealed.write(keys.encode());
            sealed.close();
        }
    }

    private void backUp(KeyRing keys, Compression compression, String description, boolean changed) throws Exception {
        try (Source source = Source.open(folder.resolve("home"), realm.identity(), keys)) {
            Label label = new Label(
                    List.of(octets("/data"), octets("/etc/fstab")), "golden", List.of("one", "zwei"), description);
            backup(source)
                    .run(
                            new BackupRequest(label, false, Rules.NONE, compression, 2),
                            (sink, readers) -> new Tree(source.chunkIds(), sink).make(changed),
                            BackupListener.SILENT);
        }
    }

    private void takeIn(KeyRing keys) throws Exception {
        try (Source source = Source.open(folder.resolve("home"), realm.identity(), keys)) {
            Label label = new Label(List.of(octets("dumps/db.sql")), "golden", List.of(), "a stream");
            byte[] dump =
                    "INSERT INTO shop VALUES (1, 'cranny');\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
            Totals totals = new Totals();
            totals.file(dump.length);
            backup(source)
                    .run(
                            new BackupRequest(label, false, Rules.NONE, Compression.LZ4, 2),
                            (sink, readers) -> {
                                Steps steps = new Steps();
                                FastCdc cutter = FastCdc.of(source.keys());
                                Cutting cutting = new Cutting(source.chunkIds(), cutter, sink, readers, steps);
                                NodeStore nodes = new TreeStore(source.chunkIds(), sink);
                                ContentWriter content = new ContentWriter(nodes);
                                cutting.cut(new Whole(dump), content);
                                steps.runAll();
                                Thing file = new Thing.File(dump.length, content.finish(), DataMap.DENSE);
                                ChunkId dumps = Nodes.encode(List.of(entry("db.sql", 0600, file)), nodes);
                                Entry on = entry("dumps", 0700, new Thing.Directory(dumps));
                                return new NextTree.Made(Nodes.encode(List.of(on), nodes), totals);
                            },
                            BackupListener.SILENT);
        }
    }

    private Backup backup(Source source) {
        return new Backup(
                source,
                realm,
                realm,
                realm.masterFile(),
                realm.catalogueKey(),
                new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {}),
                Clock.fixed(THEN, ZoneOffset.UTC),
                random);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Entry entry(String name, int mode, Thing thing) {
        return new Entry(octets(name), attributes(mode, List.of()), thing, 0);
    }

    private static Attributes attributes(int mode, List<Xattr> xattrs) {
        return new Attributes(mode, 1000, 100, "ann", "users", THEN.getEpochSecond(), THEN.getNano(), xattrs);
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                all.sorted((a, b) -> b.compareTo(a)).forEach(each -> {
                    try {
                        Files.delete(each);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    /** A tree with everything that an entry can be, made by hand so that it says nothing of any machine. */
    private static final class Tree {
        private final ChunkIds ids;
        private final ChunkSink sink;
        private final NodeStore nodes;
        private final Totals totals = new Totals();

        Tree(ChunkIds ids, ChunkSink sink) {
            this.ids = ids;
            this.sink = sink;
            this.nodes = new TreeStore(ids, sink);
        }

        NextTree.Made make(boolean changed) throws IOException, InterruptedException {
            List<Entry> data = new ArrayList<>();
            data.add(new Entry(
                    new byte[] {'n', (byte) 0xff, '\n'}, attributes(0644, List.of()), file(octets("not UTF-8\n")), 0));
            data.add(entry("empty", 0, file(new byte[0])));
            data.add(entry("text", 0644, file(octets("golden ".repeat(changed ? 9_001 : 9_000)))));
            data.add(entry("noise", 04755, file(noise(60_000))));
            data.add(new Entry(
                    octets("xattrs"),
                    attributes(
                            0640,
                            List.of(Xattr.of("user.colour", octets("gold")), Xattr.of("user.empty", new byte[0]))),
                    file(octets("x")),
                    0));
            Thing both = file(octets("two names"));
            data.add(new Entry(octets("link-1"), attributes(0600, List.of()), both, 0x1122334455667788L));
            data.add(new Entry(octets("link-2"), attributes(0600, List.of()), both, 0x1122334455667788L));
            data.add(entry("listed", 0644, chunked(changed ? 1_201 : 1_200, List.of())));
            data.add(entry("sparse", 0644, sparse(3)));
            data.add(entry("very-sparse", 0644, sparse(1_300)));
            data.add(entry("symlink", 0777, new Thing.Symlink(octets("../etc/fstab"))));
            data.add(entry("fifo", 0600, new Thing.Special(FileType.FIFO, 0, 0)));
            data.add(entry("socket", 0700, new Thing.Special(FileType.SOCKET, 0, 0)));
            data.add(entry("tty", 0620, new Thing.Special(FileType.CHARACTER, 5, 1)));
            data.add(entry("disk", 0660, new Thing.Special(FileType.BLOCK, 259, 3)));
            data.add(entry("many", 01777, new Thing.Directory(many(changed))));
            if (changed) {
                data.removeIf(each -> each.printableName().equals("fifo"));
                data.add(entry("added", 0644, file(octets("only in the second\n"))));
            }
            Entry fstab = new Entry(
                    octets("fstab"),
                    new Attributes(0644, 0, 0, "root", "", -1, 5, List.of()),
                    file(octets("# none\n")),
                    0);
            return new NextTree.Made(
                    folder(List.of(
                            entry("data", 0755, new Thing.Directory(folder(data))),
                            entry("etc", 0755, new Thing.Directory(folder(List.of(fstab)))))),
                    totals);
        }

        /** More entries than a leaf holds. */
        private ChunkId many(boolean changed) throws IOException, InterruptedException {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                entries.add(
                        entry(String.format("%05d", i), 0644, file(i == 4_711 && changed ? octets("!") : new byte[0])));
            }
            return folder(entries);
        }

        private ChunkId folder(List<Entry> entries) throws IOException {
            return Nodes.encode(entries.stream().sorted().toList(), nodes);
        }

        private Thing.File file(byte[] octets) throws IOException, InterruptedException {
            ContentWriter content = new ContentWriter(nodes);
            if (octets.length > 0) {
                content.add(chunk(octets));
            }
            return new Thing.File(counted(octets.length), content.finish(), DataMap.DENSE);
        }

        /** So many chunks of 16 octets, more than stand in an entry. */
        private Thing.File chunked(int count, List<Extent> extents) throws IOException, InterruptedException {
            ContentWriter content = new ContentWriter(nodes);
            for (int i = 0; i < count; i++) {
                content.add(chunk(octets(String.format("chunk %09d\n", i))));
            }
            long end = extents.isEmpty()
                    ? 16L * count
                    : extents.get(extents.size() - 1).end() + 1_000;
            DataMap data = extents.isEmpty() ? DataMap.DENSE : FileParts.dataMap(extents, end, nodes);
            return new Thing.File(counted(end), content.finish(), data);
        }

        private Thing.File sparse(int count) throws IOException, InterruptedException {
            List<Extent> extents = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                extents.add(new Extent(4_096L * (2 * i + 1), 16));
            }
            return chunked(count, extents);
        }

        private ChunkRef chunk(byte[] octets) throws IOException, InterruptedException {
            ChunkId id = ids.of(octets);
            sink.add(PackClass.DATA, id, octets, 0, octets.length);
            return new ChunkRef(id, octets.length);
        }

        private long counted(long size) {
            totals.file(size);
            return size;
        }

        private static byte[] noise(int length) {
            byte[] noise = new byte[length];
            new Random(7).nextBytes(noise);
            return noise;
        }
    }

    /** All octets at once. */
    private static final class Whole implements Cutting.Feed {
        private final ByteArrayInputStream octets;

        Whole(byte[] octets) {
            this.octets = new ByteArrayInputStream(octets);
        }

        @Override
        public int fill(byte[] into, int from) {
            return Math.max(0, octets.read(into, from, into.length - from));
        }

        @Override
        public boolean atEnd() {
            return octets.available() == 0;
        }
    }

    /** The same octets for the same thread in every run: the one that backs up draws what goes into packs and manifests. */
    private static final class Seeded extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient ThreadLocal<Random> random = ThreadLocal.withInitial(() -> new Random(1));

        @Override
        public void nextBytes(byte[] octets) {
            random.get().nextBytes(octets);
        }
    }
}
