package org.cranny.engine.check;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * One copy of a pack, fetched from one host in parts, in order, and hashed meanwhile unless nobody wants to know. The part
 * that came last is in memory, and the next one is on its way while that is read; what is read beyond its end takes it. What
 * is read from elsewhere, as the end of a pack is at first, is fetched for itself. One thread.
 */
final class HostedPack implements RangeSource {
    private static final int PART = 1 << 20;

    private final Hosts transfer;
    private final Host host;
    private final FragmentId pack;
    private final long length;
    private final ExecutorService fetchers;
    private final FragmentHasher hasher;
    private Future<byte[]> coming;
    private byte[] part = {};
    private long from;

    /** @param fetchers have one thread for each pack that is read at a time */
    HostedPack(Hosts transfer, Host host, PackEntry pack, ExecutorService fetchers) {
        this(transfer, host, pack, fetchers, new FragmentHasher());
    }

    /** Without an {@link #id()}. */
    static HostedPack unhashed(Hosts transfer, Host host, PackEntry pack, ExecutorService fetchers) {
        return new HostedPack(transfer, host, pack, fetchers, null);
    }

    private HostedPack(Hosts transfer, Host host, PackEntry pack, ExecutorService fetchers, FragmentHasher hasher) {
        this.fetchers = fetchers;
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
        byte[] fetched = coming == null ? fetch(end()) : await(coming);
        if (hasher != null) {
            hasher.update(fetched, 0, fetched.length);
        }
        from = end();
        part = fetched;
        long next = end();
        coming = next < length ? fetchers.submit(() -> fetch(next)) : null;
    }

    private byte[] fetch(long offset) throws TransferException {
        return transfer.read(host, pack, offset, (int) Math.min(PART, length - offset));
    }

    private byte[] await(Future<byte[]> fetched) throws TransferException {
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransferException failure) {
                throw failure;
            }
            throw new IllegalStateException("a part of a pack could not be fetched", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(
                    TransferException.Reason.AWAY, host.id(), "stopped while talking to " + host.name(), e);
        }
    }
}
