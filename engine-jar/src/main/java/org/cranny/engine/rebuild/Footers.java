package org.cranny.engine.rebuild;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.pack.PackFile;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.source.LocalPacks;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.snapshot.PackEntry;

/** Reads footers, from index packs and from packs themselves, wherever the octets are nearest. */
final class Footers implements AutoCloseable {
    private static final int PART = 1 << 20;

    /** A full pack and the longest segment and footer that may end it. */
    private static final int MOST_AT_CENTRAL = 48 << 20;

    private final PackKeys keys;
    private final LocalPacks local;
    private final SegmentOpener opener = new SegmentOpener();

    Footers(PackKeys keys, LocalPacks local) {
        this.keys = keys;
        this.local = local;
    }

    Origins from(Remembered central, PackSource hosts) {
        return new Origins(central, hosts);
    }

    @Override
    public void close() throws IOException {
        opener.close();
    }

    private interface Work<T> {
        T on(PackReader pack) throws IOException;
    }

    /** The places where a pack may be read, in the order in which they are asked. */
    final class Origins {
        private final Remembered central;
        private final PackSource hosts;

        private Origins(Remembered central, PackSource hosts) {
            this.central = central;
            this.hosts = hosts;
        }

        /** All footers that an index pack holds. */
        List<IndexEntry> entries(PackEntry pack) throws IOException {
            return read(pack, this::entries);
        }

        PackFooter footer(PackEntry pack) throws IOException {
            return read(pack, PackReader::footer);
        }

        private List<IndexEntry> entries(PackReader pack) throws IOException {
            List<IndexEntry> entries = new ArrayList<>();
            for (PackFooter.Segment segment : pack.footer().segments()) {
                byte[] raw = pack.openSegment(segment.ref());
                int from = 0;
                for (ChunkEntry chunk : segment.chunks()) {
                    entries.add(IndexEntry.decode(Arrays.copyOfRange(raw, from, from + chunk.length())));
                    from += chunk.length();
                }
            }
            return entries;
        }

        private <T> T read(PackEntry pack, Work<T> work) throws IOException {
            if (local.has(pack.pack())) {
                try (PackFile file = PackFile.open(local.file(pack.pack()))) {
                    return open(file, work);
                } catch (IOException damaged) {
                    local.discard(pack.pack());
                }
            }
            try {
                return open(whole(pack), work);
            } catch (IOException | org.cranny.protocol.problem.ProblemException notThere) {
                return readFromHosts(pack, work);
            }
        }

        /** Central's copy, of which nothing is believed before all of it is what the pack's id says. */
        private RangeSource whole(PackEntry pack) throws IOException {
            if (pack.length() > MOST_AT_CENTRAL) {
                throw new IOException("pack " + pack.pack() + " is too long for a copy at central");
            }
            byte[] octets = new byte[(int) pack.length()];
            for (int at = 0; at < octets.length; ) {
                byte[] part = central.readPack(pack.pack(), at, Math.min(PART, octets.length - at));
                if (part.length == 0) {
                    throw new MalformedPackException("central's copy of pack " + pack.pack() + " is cut short");
                }
                System.arraycopy(part, 0, octets, at, part.length);
                at += part.length;
            }
            if (!FragmentHasher.of(octets).equals(pack.pack())) {
                throw new MalformedPackException("central has other octets under the name of pack " + pack.pack());
            }
            return range(pack, (offset, length) -> Arrays.copyOfRange(octets, (int) offset, (int) offset + length));
        }

        private <T> T readFromHosts(PackEntry pack, Work<T> work) throws IOException {
            while (true) {
                try {
                    PackHeader header = hosts.header(pack.pack(), pack.length());
                    RangeSource octets = range(pack, (offset, length) -> hosts.read(pack.pack(), offset, length));
                    try (PackReader reader = PackReader.open(header, octets, keys, opener)) {
                        return work.on(reader);
                    }
                } catch (PackException e) {
                    if (!hosts.wasWrong(pack.pack(), e)) {
                        throw e;
                    }
                }
            }
        }

        private <T> T open(RangeSource octets, Work<T> work) throws IOException {
            try (PackReader reader = PackReader.open(octets, keys, opener)) {
                return work.on(reader);
            }
        }
    }

    private interface Ranges {
        byte[] read(long offset, int length) throws IOException;
    }

    private static RangeSource range(PackEntry pack, Ranges ranges) {
        return new RangeSource() {
            @Override
            public byte[] read(long offset, int length) throws IOException {
                return ranges.read(offset, length);
            }

            @Override
            public long length() {
                return pack.length();
            }
        };
    }
}
