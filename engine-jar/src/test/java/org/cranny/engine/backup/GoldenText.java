package org.cranny.engine.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.PassphraseSeal;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.RebuildOutcome;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.SnapshotLine;

/** Everything that a repository in a folder holds, as text: what it says of itself, every entry, and a digest of every file. */
final class GoldenText {
    /** What is longer is a digest. */
    private static final int LONG = 1_000;

    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    private GoldenText(Path folder) {
        this.folder = folder;
    }

    /** By an index that is made from the fragments. Nothing in the folder is changed. */
    static String of(Path folder) throws IOException {
        return new GoldenText(folder).write();
    }

    static KeyRing keys(Path folder) throws IOException {
        try (InputStream sealed = Files.newInputStream(folder.resolve("keys.sealed"));
                InputStream open = new PassphraseSeal(GoldenRepository.KEYS_MAGIC)
                        .open(sealed, new byte[0], GoldenRepository.PASSPHRASE.toCharArray())) {
            return KeyRing.decode(open.readAllBytes());
        }
    }

    private String write() throws IOException {
        KeyRing keys = keys(folder);
        Path home = Files.createTempDirectory("golden");
        try {
            Rebuilt.Order order = new Rebuilt.Order(
                    home, keys.source(), List.of(signer()), keys, LocalPacks.in(home.resolve("packs")));
            RebuildOutcome outcome =
                    Rebuilt.rebuild(order, new Written(folder), holdings -> fragments(), RebuildListener.SILENT);
            if (outcome.unknown() > 0) {
                throw new IOException(outcome.toString());
            }
            try (Rebuilt records = Rebuilt.open(order);
                    ChunkReader chunks = new ChunkReader(records, fragments())) {
                for (Snapshot snapshot : records.snapshots().list()) {
                    snapshot(snapshot, keys, chunks);
                }
            }
            return text.toString();
        } finally {
            delete(home);
        }
    }

    /** What a central would say. */
    private record Written(Path folder) implements Remembered {
        @Override
        public List<SnapshotLine> snapshots(long afterVersion) throws IOException {
            List<SnapshotLine> lines = new ArrayList<>();
            for (long version = 1; Files.exists(manifest(version)); version++) {
                List<String> signed = Files.readAllLines(manifest(version));
                lines.add(new SnapshotLine(null, version, signed.get(0), signed.get(1), false));
            }
            return lines.subList((int) afterVersion, lines.size());
        }

        private Path manifest(long version) {
            return folder.resolve("manifests").resolve(String.valueOf(version));
        }

        @Override
        public Placements placements(String after, int limit) throws IOException {
            return new Placements(Files.readAllLines(folder.resolve("placements")).stream()
                    .map(line -> placement(line.split(" ")))
                    .filter(each -> after == null || each.pack().compareTo(after) > 0)
                    .toList());
        }

        private static Placement placement(String[] words) {
            List<Held> held = new ArrayList<>();
            for (int i = 5; i < words.length; i += 2) {
                held.add(new Held(Integer.parseInt(words[i]), words[i + 1]));
            }
            return new Placement(
                    words[0],
                    words[1],
                    Long.parseLong(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    held);
        }

        @Override
        public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
            throw new IOException("central has no copy of pack " + pack);
        }
    }

    private PublicKey signer() throws IOException {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Files.readAllBytes(folder.resolve("source.spki"))));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Each fragment has the name that its octets have. */
    private PackSource fragments() {
        return new PackSource() {
            @Override
            public byte[] read(FragmentId pack, long offset, int length) throws IOException {
                byte[] all = Files.readAllBytes(folder.resolve("fragments").resolve(pack.toString()));
                if (!FragmentHasher.of(all).equals(pack)) {
                    throw new IOException(pack + " has another name");
                }
                return Arrays.copyOfRange(all, (int) offset, (int) offset + length);
            }

            @Override
            public PackHeader header(FragmentId pack, long length) throws IOException {
                return PackHeader.parse(read(pack, 0, PackHeader.LENGTH));
            }

            @Override
            public boolean wasWrong(FragmentId pack, IOException why) {
                return false;
            }
        };
    }

    private void snapshot(Snapshot snapshot, KeyRing keys, ChunkReader chunks) throws IOException {
        Manifest manifest = snapshot.manifest();
        Label label;
        try {
            label = LabelSeal.open(manifest.label(), keys, manifest.source(), manifest.version());
        } catch (Exception e) {
            throw new IOException("label", e);
        }
        text.append("snapshot ")
                .append(manifest.version())
                .append(' ')
                .append(snapshot.id())
                .append('\n');
        text.append("  of ")
                .append(label.paths().stream().map(PathBytes::printable).collect(Collectors.joining(" ")));
        text.append(", host ").append(label.host()).append(", tags ").append(label.tags());
        text.append(", ").append(label.description()).append('\n');
        text.append("  ended ").append(manifest.ended()).append(", files ").append(manifest.files());
        text.append(", bytes ").append(manifest.bytes()).append('\n');
        manifest.added().forEach(pack -> text.append("  added ")
                .append(pack.pack())
                .append(' ')
                .append(pack.packClass())
                .append(' ')
                .append(pack.length())
                .append('\n'));
        manifest.removed()
                .forEach(pack -> text.append("  removed ").append(pack).append('\n'));
        folder(ChunkId.of(manifest.root()), new byte[] {'/'}, chunks);
    }

    private void folder(ChunkId node, byte[] path, ChunkReader chunks) throws IOException {
        List<Entry> entries = Nodes.list(node, chunks);
        int from = text.length();
        for (Entry entry : entries) {
            byte[] below = PathBytes.join(path, entry.name());
            text.append(PathBytes.printable(below))
                    .append(' ')
                    .append(entry.type())
                    .append(' ');
            attributes(entry);
            if (entry.thing() instanceof Thing.Directory directory) {
                text.append('\n');
                folder(directory.node(), below, chunks);
            } else {
                thing(entry.thing(), chunks);
                text.append('\n');
            }
        }
        if (entries.size() > LONG) {
            String digest = sha256(text.substring(from).getBytes(StandardCharsets.UTF_8));
            text.setLength(from);
            text.append("  ")
                    .append(entries.size())
                    .append(" entries, digest ")
                    .append(digest)
                    .append('\n');
        }
    }

    private void attributes(Entry entry) {
        Attributes of = entry.attributes();
        text.append(Integer.toOctalString(of.mode())).append(' ');
        text.append(of.uid()).append(':').append(of.gid()).append(' ');
        text.append(of.user()).append(':').append(of.group()).append(' ');
        text.append(of.mtimeSeconds()).append('.').append(of.mtimeNanos());
        of.xattrs().forEach(xattr -> text.append(' ')
                .append(PathBytes.printable(xattr.name()))
                .append('=')
                .append(HexFormat.of().formatHex(xattr.value())));
        if (entry.linkGroup() != 0) {
            text.append(" group ").append(Long.toHexString(entry.linkGroup()));
        }
    }

    private void thing(Thing thing, ChunkReader chunks) throws IOException {
        if (thing instanceof Thing.File file) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            FileParts.chunks(file, chunks, chunk -> data.writeBytes(chunks.load(chunk.id())));
            text.append(" size ").append(file.size()).append(" data ").append(sha256(data.toByteArray()));
            StringBuilder extents = new StringBuilder();
            for (Extent each : FileParts.extents(file, chunks)) {
                extents.append(each.offset()).append('+').append(each.length()).append(' ');
            }
            boolean few = extents.length() < LONG;
            text.append(" at ")
                    .append(
                            few
                                    ? extents.toString().strip()
                                    : sha256(extents.toString().getBytes(StandardCharsets.US_ASCII)));
        } else if (thing instanceof Thing.Symlink link) {
            text.append(" to ").append(PathBytes.printable(link.target()));
        } else if (thing instanceof Thing.Special special) {
            text.append(" number ").append(special.major()).append(':').append(special.minor());
        }
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        for (Path each : all(from)) {
            Path there = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(there);
            } else {
                Files.copy(each, there);
            }
        }
    }

    static void delete(Path root) throws IOException {
        List<Path> all = all(root);
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.delete(all.get(i));
        }
    }

    private static List<Path> all(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
