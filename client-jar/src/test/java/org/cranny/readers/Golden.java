package org.cranny.readers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.PassphraseSeal;
import org.cranny.engine.pack.PackFile;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.PackClass;

/** What version 1 wrote, taken apart. */
public final class Golden {
    public static final SystemId SOURCE = new SystemId(new RealmId("0011223344556677"), 42);
    public static final SystemId OTHER = new SystemId(new RealmId("0011223344556677"), 43);

    private static final Path FOLDER = Path.of("../engine-jar/src/test/resources/golden/v1");

    private static final int LONGEST_NODE = 4_096;

    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> indexEntries = new ArrayList<>();
    private final List<byte[]> headers = new ArrayList<>();
    private final KeyRing keys;

    private static final class Once {
        static final Golden GOLDEN = read();

        private static Golden read() {
            try {
                return new Golden();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Golden() throws IOException {
        try (InputStream sealed = Files.newInputStream(FOLDER.resolve("keys.sealed"));
                InputStream open =
                        new PassphraseSeal("CRNYRA\0\1").open(sealed, new byte[0], "golden for ever".toCharArray())) {
            keys = KeyRing.decode(open.readAllBytes());
        }
        try (Stream<Path> fragments = Files.list(FOLDER.resolve("fragments"));
                SegmentOpener opener = new SegmentOpener()) {
            for (Path each : fragments.sorted().toList()) {
                try (PackFile file = PackFile.open(each);
                        PackReader pack = PackReader.open(file, keys, opener)) {
                    take(pack);
                }
            }
        }
    }

    public static Golden get() {
        return Once.GOLDEN;
    }

    private void take(PackReader pack) throws IOException {
        headers.add(pack.header().bytes());
        PackClass packClass = pack.header().packClass();
        if (packClass == PackClass.DATA) {
            return;
        }
        for (PackFooter.Segment segment : pack.footer().segments()) {
            byte[] raw = pack.openSegment(segment.ref());
            int at = 0;
            for (ChunkEntry chunk : segment.chunks()) {
                byte[] octets = java.util.Arrays.copyOfRange(raw, at, at + chunk.length());
                (packClass == PackClass.TREE ? nodes : indexEntries).add(octets);
                at += chunk.length();
            }
        }
    }

    public KeyRing keys() {
        return keys;
    }

    /** Signed. */
    public static List<byte[]> manifests() throws IOException, MalformedException {
        List<byte[]> manifests = new ArrayList<>();
        for (String name : List.of("1", "2", "3")) {
            manifests.add(
                    Signed.parse(Files.readAllLines(FOLDER.resolve("manifests").resolve(name))
                                    .get(0))
                            .bytes());
        }
        return manifests;
    }

    /** Directories and lists of parts; long ones are left out, because short ones change more with each octet. */
    public List<byte[]> nodes() {
        return nodes.stream().filter(node -> node.length <= LONGEST_NODE).toList();
    }

    public List<byte[]> indexEntries() {
        return indexEntries;
    }

    public List<byte[]> headers() {
        return headers;
    }
}
