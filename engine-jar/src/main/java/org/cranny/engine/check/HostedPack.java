package org.cranny.engine.check;

import java.util.Arrays;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/** One copy of a pack, fetched whole from one host: in parts, because an answer is twice in memory while it comes in. */
final class HostedPack implements RangeSource {
    private static final int PART = 2 << 20;

    private final byte[] octets;

    HostedPack(Hosts transfer, Host host, PackEntry pack) throws TransferException {
        octets = new byte[(int) pack.length()];
        for (int at = 0; at < octets.length; at += PART) {
            int length = Math.min(PART, octets.length - at);
            System.arraycopy(transfer.read(host, pack.pack(), at, length), 0, octets, at, length);
        }
    }

    FragmentId id() {
        return FragmentHasher.of(octets);
    }

    @Override
    public byte[] read(long offset, int length) {
        return Arrays.copyOfRange(octets, (int) offset, (int) offset + length);
    }

    @Override
    public long length() {
        return octets.length;
    }
}
