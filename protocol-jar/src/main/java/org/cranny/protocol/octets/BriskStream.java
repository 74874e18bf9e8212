package org.cranny.protocol.octets;

import java.io.InputStream;
import java.util.function.LongSupplier;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * A request's body that is given up when it trickles, because a worker waits for it: 1 KiB a second have to come, after
 * three seconds. It is looked at whenever something came; of a body that falls silent the server's time limit knows.
 */
public final class BriskStream extends CountedStream {
    private static final long GRACE_NANOS = 3_000_000_000L;
    private static final long NANOS_AN_OCTET = 1_000_000_000L / 1024;

    private final LongSupplier nanos;
    private final long begin;

    public BriskStream(InputStream in) {
        this(in, System::nanoTime);
    }

    BriskStream(InputStream in, LongSupplier nanos) {
        super(in);
        this.nanos = nanos;
        begin = nanos.getAsLong();
    }

    /** @throws ProblemException TOO_SLOW */
    @Override
    protected void check(long octets) {
        if (nanos.getAsLong() - begin > GRACE_NANOS + octets * NANOS_AN_OCTET) {
            throw new ProblemException(ProblemKind.TOO_SLOW, "The body comes too slowly.");
        }
    }
}
