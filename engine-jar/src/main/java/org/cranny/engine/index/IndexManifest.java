package org.cranny.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * What the index consists of at one instant. Replacing this one file is what makes a flush happen, all or nothing.
 *
 * @param packTableLength octets of the pack table that count
 * @param nextRun the number of the next run
 * @param runs newest first
 */
record IndexManifest(long packTableLength, long nextRun, List<RunLine> runs) {
    static final String FILE = "index";

    private static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'I', 'M', 0, 1};
    private static final int LONGEST = 1 << 20;

    /** One run and how many records it has. */
    record RunLine(long number, long records) {}

    static final IndexManifest EMPTY = new IndexManifest(0, 1, List.of());

    IndexManifest {
        runs = List.copyOf(runs);
    }

    /** Empty when there is no index yet. */
    static Optional<IndexManifest> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LONGEST) {
            throw new IndexDamagedException(file, "it is too long");
        }
        try {
            return Optional.of(decode(Files.readAllBytes(file)));
        } catch (MalformedException e) {
            throw new IndexDamagedException(file, e.getMessage());
        }
    }

    private static IndexManifest decode(byte[] octets) throws MalformedException {
        int body = octets.length - Integer.BYTES;
        if (body < MAGIC.length || ByteBuffer.wrap(octets).getInt(body) != Checksum.of(octets, 0, body)) {
            throw new MalformedException("its checksum differs");
        }
        OctetReader in = new OctetReader(octets, 0, body).expect(MAGIC);
        long packTableLength = in.u64();
        long nextRun = in.u64();
        List<RunLine> runs = new ArrayList<>();
        for (int left = in.count(2); left > 0; left--) {
            runs.add(new RunLine(in.varint(), in.varint()));
        }
        in.end();
        return new IndexManifest(packTableLength, nextRun, runs);
    }

    /** Durably becomes the folder's manifest. */
    void publish(Disk disk, Path folder) throws IOException {
        OctetWriter out = new OctetWriter().raw(MAGIC).u64(packTableLength).u64(nextRun);
        out.varint(runs.size());
        runs.forEach(run -> out.varint(run.number()).varint(run.records()));
        byte[] body = out.toByteArray();
        byte[] octets = out.u32(Checksum.of(body, 0, body.length)).toByteArray();
        Path part = folder.resolve(FILE + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            disk.write(channel, part, ByteBuffer.wrap(octets), 0);
            disk.force(channel, part);
        }
        disk.publish(part, folder.resolve(FILE));
    }
}
