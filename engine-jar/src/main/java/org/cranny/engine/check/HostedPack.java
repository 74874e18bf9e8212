package org.cranny.engine.check;

import java.io.IOException;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * One copy of a pack, fetched from one host in parts, in order, and hashed meanwhile unless nobody wants to know. The part that came last is in memory;
 * what is read beyond its end makes the next ones come. What is read from elsewhere, as the end of a pack is at first, is
 * fetched for itself. One thread.
 */
final class HostedPack implements RangeSource {
    private static final int PART = 1 << 20;

    private final Hosts transfer;
    private final Host host;
    private final FragmentId pack;
    private final long length;
    private final FragmentHasher hasher;
    private byte[] part = {};
    private long from;

    HostedPack(Hosts transfer, Host host, PackEntry pack) {
        this(transfer, host, pack, new FragmentHasher());
    }

    /** Without an {@link #id()}. */
    static HostedPack unhashed(Hosts transfer, Host host, PackEntry pack) {
        return new HostedPack(transfer, host, pack, null);
    }

    private HostedPack(Hosts transfer, Host host, PackEntry pack, FragmentHasher hasher) {
        this.hasher = hasher;
        this.transfer = transfer;
        this.host = host;
        this.pack = pack.pack();
        this.length = pack.length();
    }

    /** What all of its octets hash to. */
    FragmentId id() throws TransferException {
        while (end() < length) {
            next();
        }
        return hasher.finish();
    }

    @Override
    public byte[] read(long offset, int count) throws TransferException {
        byte[] range = new byte[(int) Math.max(0, Math.min(count, length - offset))];
        fill(offset, range.length, range);
        return range;
    }

    @Override
    public void read(long offset, int count, byte[] into) throws IOException {
        if (offset + count > length) {
            RangeSource.super.read(offset, count, into);
        } else {
            fill(offset, count, into);
        }
    }

    @Override
    public long length() {
        return length;
    }

    private void fill(long offset, int count, byte[] into) throws TransferException {
        if (offset < from || offset > end()) {
            System.arraycopy(transfer.read(host, pack, offset, count), 0, into, 0, count);
            return;
        }
        for (int filled = 0; filled < count; ) {
            if (offset + filled == end()) {
                next();
            }
            int at = (int) (offset + filled - from);
            int some = Math.min(count - filled, part.length - at);
            System.arraycopy(part, at, into, filled, some);
            filled += some;
        }
    }

    private long end() {
        return from + part.length;
    }

    private void next() throws TransferException {
        int count = (int) Math.min(PART, length - end());
        byte[] fetched = transfer.read(host, pack, end(), count);
        if (hasher != null) {
            hasher.update(fetched, 0, count);
        }
        from = end();
        part = fetched;
    }
}
