package org.cranny.engine.check;

import java.util.Arrays;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * One copy of a pack, fetched whole from one host: in parts, because an answer is twice in memory while it comes in. Its
 * octets lie in room that the next copy takes over.
 */
final class HostedPack implements RangeSource {
    private static final int PART = 2 << 20;

    private final byte[] octets;
    private final int length;

    /** Where one copy at a time lies; as much as the longest one. */
    static final class Room {
        private byte[] octets = {};

        private byte[] atLeast(int length) {
            if (octets.length < length) {
                octets = new byte[length];
            }
            return octets;
        }
    }

    HostedPack(Hosts transfer, Host host, PackEntry pack, Room room) throws TransferException {
        length = (int) pack.length();
        octets = room.atLeast(length);
        for (int at = 0; at < length; at += PART) {
            int part = Math.min(PART, length - at);
            System.arraycopy(transfer.read(host, pack.pack(), at, part), 0, octets, at, part);
        }
    }

    FragmentId id() {
        return FragmentHasher.of(octets, length);
    }

    @Override
    public byte[] read(long offset, int length) {
        int from = (int) Math.min(offset, this.length);
        return Arrays.copyOfRange(octets, from, (int) Math.min(from + (long) length, this.length));
    }

    @Override
    public long length() {
        return length;
    }
}
