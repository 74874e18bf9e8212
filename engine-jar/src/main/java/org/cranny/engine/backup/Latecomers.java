package org.cranny.engine.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.cranny.engine.backup.LateSnapshot.Outcome;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.UnknownChunkException;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.source.Source;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Manifest;

/**
 * The snapshots that were made while central was away. Central commits them as they are when it has moved on in nothing
 * that they need. Otherwise they stay until the backup that is running has sealed again what is missing; then each that is
 * whole is signed anew behind what central has, and each that is not is dropped, and that is said. None of them is ever in
 * the way of the backup.
 *
 * <p>Life of one: a manifest like any other, without a countersignature; refused, it is set aside when the running backup
 * is on its hosts; it leaves that place when the one that was signed instead of it is on the disk, or when it is dropped.
 */
final class Latecomers {
    private static final Set<ProblemKind> REFUSALS =
            EnumSet.of(ProblemKind.PACKS_MISSING, ProblemKind.VERSION_CONFLICT, ProblemKind.BAD_REQUEST);

    private final Source source;
    private final Snapshots snapshots;
    private final Commit commit;
    private final PackSource hosts;
    private final Healing healing;
    private final BackupListener listener;
    private boolean refused;
    private boolean lastTry;

    Latecomers(Source source, Commit commit, PackSource hosts, Healing healing, BackupListener listener) {
        this.source = source;
        this.snapshots = source.snapshots();
        this.commit = commit;
        this.hosts = hosts;
        this.healing = healing;
        this.listener = listener;
    }

    /**
     * Commits them, oldest first, until one is refused. Packs that are gone are made up for, as far as they can be at once.
     *
     * @see Healing
     */
    void commit() throws IOException, InterruptedException {
        int count = 0;
        for (Snapshot waiting : snapshots.list()) {
            if (waiting.committed() == null && !refused) {
                refused = !isTaken(waiting);
                count += refused ? 0 : 1;
            }
        }
        if (count > 0) {
            listener.notice(count
                    + (count == 1
                            ? " snapshot was made while central was away, and is committed now."
                            : " snapshots were made while central was away, and are committed now."));
        }
        refused |= !snapshots.aside().isEmpty();
    }

    private boolean isTaken(Snapshot waiting) throws IOException, InterruptedException {
        try {
            commit.commit(waiting.signed(), null);
            return true;
        } catch (Commit.PacksGoneException e) {
            healing.heal(e.packs());
            return false;
        } catch (ProblemException e) {
            if (REFUSALS.stream()
                    .anyMatch(kind -> kind.name().equals(e.problem().kind()))) {
                return false;
            }
            throw e;
        }
    }

    /** Whether some have to be signed anew. */
    boolean any() {
        return refused;
    }

    /** From now on what is refused is dropped, since there is no further attempt at this backup. */
    void lastTry() {
        lastTry = true;
    }

    /**
     * Signs each that is whole anew, in their order, behind what central has. All that this backup stored is on hosts, and
     * central knows it.
     *
     * @throws Commit.PacksGoneException when more packs are gone; the chunks have to be sent again
     */
    void signAgain(long epoch) throws IOException {
        snapshots.setAside();
        commit.adopt();
        for (Snapshot late : snapshots.aside()) {
            if (!isThere(late)) {
                tell(late, attempt(late, epoch));
            }
        }
        refused = false;
    }

    /** Whether it was signed anew before, and only the old one was not taken away. */
    private boolean isThere(Snapshot late) throws IOException {
        Manifest old = late.manifest();
        boolean there = snapshots.list().stream()
                .map(Snapshot::manifest)
                .anyMatch(each -> Arrays.equals(each.root(), old.root())
                        && each.started().equals(old.started())
                        && each.ended().equals(old.ended()));
        if (there) {
            snapshots.dropAside(late);
        }
        return there;
    }

    private record Attempt(Outcome outcome, String now, String reason) {}

    private Attempt attempt(Snapshot late, long epoch) throws IOException {
        PackHistory history = snapshots.history();
        Needs needs;
        try {
            needs = Needs.of(ChunkId.of(late.manifest().root()), source, hosts, history);
        } catch (UnknownChunkException notWhole) {
            return dropped("central has given up packs that it needs, and the files have changed since");
        } catch (IOException unreadable) {
            return new Attempt(Outcome.WAITS, null, "its folders could not be read: " + unreadable.getMessage());
        }
        try {
            Signed signed = commit.sign(again(late, epoch), PackChange.of(source, history, Optional.of(needs)));
            return new Attempt(
                    Outcome.COMMITTED,
                    commit.commitOrKeep(signed, null, listener).id(),
                    null);
        } catch (MalformedException unreadable) {
            return dropped("its label cannot be read: " + unreadable.getMessage());
        } catch (Commit.PacksGoneException e) {
            if (!lastTry) {
                throw e;
            }
            return dropped("packs that it needs are gone from their hosts");
        }
    }

    private static Attempt dropped(String reason) {
        return new Attempt(Outcome.DROPPED, null, reason);
    }

    private Commit.Scanned again(Snapshot late, long epoch) throws MalformedException {
        Manifest old = late.manifest();
        Label label = LabelSeal.open(old.label(), source.keys(), old.source(), old.version());
        return new Commit.Scanned(old.root(), old.files(), old.bytes(), old.started(), old.ended(), label, epoch);
    }

    private void tell(Snapshot late, Attempt attempt) throws IOException {
        if (attempt.outcome() != Outcome.WAITS) {
            snapshots.dropAside(late);
        }
        listener.late(new LateSnapshot(
                late.id(), late.manifest().ended(), attempt.outcome(), attempt.now(), attempt.reason()));
    }
}
