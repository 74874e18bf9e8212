package org.cranny.engine.check;

import java.util.Arrays;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/** One copy of a pack, fetched whole from one host. */
final class HostedPack implements RangeSource {
    private final byte[] octets;

    HostedPack(Hosts transfer, Host host, PackEntry pack) throws TransferException {
        octets = transfer.read(host, pack.pack(), 0, (int) pack.length());
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
