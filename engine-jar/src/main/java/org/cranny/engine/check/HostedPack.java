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
 * One copy of a pack, fetched from one host in parts, in order, and hashed meanwhile. The part that came last is in memory;
 * what is read from it or from a little behind it makes the next one come. What is read from elsewhere is fetched for
 * itself. One thread.
 */
final class HostedPack implements RangeSource {
    private static final int PART = 2 << 20;

    private final Hosts transfer;
    private final Host host;
    private final FragmentId pack;
    private final long length;
    private final FragmentHasher hasher = new FragmentHasher();
    private byte[] part = {};
    private long from;

    HostedPack(Hosts transfer, Host host, PackEntry pack) {
        this.transfer = transfer;
        this.host = host;
        this.pack = pack.pack();
        this.length = pack.length();
    }

    /** What all of its octets hash to. */
    FragmentId id() throws TransferException {
        while (end() < length) {
            next(end());
        }
        return hasher.finish();
    }

    @Override
    public byte[] read(long offset, int count) throws TransferException {
        long until = Math.min(length, offset + count);
        if (offset < from || offset > end() + PART) {
            return transfer.read(host, pack, offset, (int) Math.max(0, until - offset));
        }
        while (end() < until) {
            next(Math.min(offset, end()));
        }
        int at = (int) (Math.min(offset, end()) - from);
        return Arrays.copyOfRange(part, at, at + (int) Math.max(0, until - offset));
    }

    @Override
    public long length() {
        return length;
    }

    private long end() {
        return from + part.length;
    }

    /** Fetches the octets that come next. @param kept where what stays in memory begins */
    private void next(long kept) throws TransferException {
        int count = (int) Math.min(PART, length - end());
        byte[] fetched = transfer.read(host, pack, end(), count);
        hasher.update(fetched, 0, count);
        int left = (int) (end() - kept);
        if (left > 0) {
            byte[] both = Arrays.copyOfRange(part, part.length - left, part.length + count);
            System.arraycopy(fetched, 0, both, left, count);
            fetched = both;
        }
        part = fetched;
        from = kept;
    }
}
