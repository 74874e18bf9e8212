package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.pack.WrittenPack;
import org.cranny.engine.placement.Holding.Fragment;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.source.Source;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Sends finished packs, several at once, and gives each back when it is on hosts, its holders are written down and its
 * footer is in the journal. {@link #send} waits while too many packs lie in the spool, so the disk a backup needs for
 * itself is bounded.
 */
final class Outgoing {
    /** Packs in the spool at once. */
    static final int SPOOLED = 4;

    private final Source source;
    private final Spread spread;
    private final Redundancy redundancy;
    private final ExecutorService packSenders;
    private final Registrar registrar;
    private final PackKeeper keeper;
    private final BackupListener listener;
    private final Semaphore room = new Semaphore(SPOOLED);
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private int open;

    Outgoing(
            Source source,
            Spread spread,
            Redundancy redundancy,
            ExecutorService packSenders,
            Registrar registrar,
            PackKeeper keeper,
            BackupListener listener) {
        this.source = source;
        this.spread = spread;
        this.redundancy = redundancy;
        this.packSenders = packSenders;
        this.registrar = registrar;
        this.keeper = keeper;
        this.listener = listener;
    }

    /** A pack that is on hosts. */
    record Sent(SpooledPack pack, PackHeader header, PackFooter footer) {}

    private record Outcome(Sent sent, Throwable failure) {}

    /** Takes tree and index packs over before they leave the spool. */
    interface PackKeeper {
        void keep(SpooledPack pack) throws IOException;
    }

    void send(WrittenPack written) throws InterruptedException {
        PackEntry entry = new PackEntry(written.id(), written.packClass(), written.length(), redundancy);
        room.acquire();
        open++;
        packSenders.execute(() -> outcomes.add(attempt(new SpooledPack(entry, written.file()), written)));
    }

    /** A pack that is done, or null when none is. */
    Sent poll() throws IOException, InterruptedException {
        Outcome outcome = outcomes.poll();
        return outcome == null ? null : result(outcome);
    }

    /** Waits for a pack, or gives null when none is underway. */
    Sent take() throws IOException, InterruptedException {
        return open == 0 ? null : result(outcomes.take());
    }

    private Sent result(Outcome outcome) throws IOException, InterruptedException {
        open--;
        if (outcome.failure() instanceof IOException failure) {
            throw failure;
        }
        if (outcome.failure() instanceof InterruptedException failure) {
            throw failure;
        }
        if (outcome.failure() instanceof ProblemException refusal) {
            throw refusal;
        }
        if (outcome.failure() != null) {
            throw new IllegalStateException("a pack could not be sent: " + outcome.failure(), outcome.failure());
        }
        return outcome.sent();
    }

    private Outcome attempt(SpooledPack pack, WrittenPack written) {
        try {
            List<Fragment> fragments = spread.spread(pack);
            source.stored(pack.entry(), fragments, written.footer());
            if (pack.entry().packClass() == PackClass.DATA) {
                Files.deleteIfExists(pack.file());
            } else {
                keeper.keep(pack);
            }
            registrar.handOverQuietly();
            listener.stored(pack.entry().length(), fragments.size());
            return new Outcome(new Sent(pack, written.header(), written.footer()), null);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            return new Outcome(null, e);
        } finally {
            room.release();
        }
    }
}
