package org.cranny.daemon.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.cranny.daemon.identity.Caller;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.receipt.KeptList;

/**
 * Keeps fragments: what it says it stored survives a power cut, and what stands under a name has that name's hash
 * when it was put there. Nothing partial is ever visible; nothing is ever overwritten. Thread-safe.
 *
 * <p>After the disk failed nothing more is taken in, and {@link #trash}, {@link #untrash} and {@link #delete} throw a
 * {@link org.cranny.protocol.problem.ProblemException} READ_ONLY, until the daemon starts again.
 *
 * <p>Lengths are octets. Every source has its own names: one source never sees another's fragments, nor one realm another's.
 * Bytes and layout: {@code docs/protocol/daemon.md}.
 */
public interface Shelf {

    /**
     * Takes a fragment in. When it is here already, what is here is read and hashed before the answer, and a copy
     * that is wrong is moved aside and replaced; the body may then be left unread.
     *
     * @param source who sends it; its public key is kept beside its fragments, to recognise it for ever
     * @param length octets that the body has
     * @throws BrokenBodyException when the body ends early or cannot be read; nothing was kept
     */
    StoreOutcome put(Caller source, FragmentId id, long length, InputStream body) throws BrokenBodyException;

    /** Empty when it is not here. */
    OptionalLong length(SystemId source, FragmentId id) throws IOException;

    /** Opens a fragment for reading at any place; empty when it is not here. The caller closes it. */
    Optional<Fragment> open(SystemId source, FragmentId id) throws IOException;

    /**
     * A page of a source's fragments in the order of their ids.
     *
     * @param after the id to begin after, or null for the beginning
     * @param limit at least 1
     */
    KeptList list(SystemId source, FragmentId after, int limit) throws IOException;

    /**
     * Moves a fragment into the trash, where no other method sees it; it takes room until it is deleted. Already there:
     * the time of the first trip counts. When this returns, name and time are on the disk.
     *
     * @param now the time from which {@link #delete} counts
     * @return whether it is in the trash now; false when it is nowhere
     */
    boolean trash(SystemId source, FragmentId id, Instant now) throws IOException;

    /** Brings a fragment back out of the trash. @return whether it is on the shelf now; false when it is nowhere */
    boolean untrash(SystemId source, FragmentId id) throws IOException;

    /** Octets of a fragment in the trash; 0 when it is not there. */
    long trashedLength(SystemId source, FragmentId id) throws IOException;

    /**
     * Deletes a fragment that has been in the trash at least since {@code before}. What is not in the trash is never
     * deleted.
     */
    Deletion delete(SystemId source, FragmentId id, Instant before) throws IOException;

    /** One fragment of one source. */
    record Item(SystemId source, FragmentId id) {}

    /**
     * The fragment after another one, in an order that does not change; empty when there are no more.
     *
     * @param after it need not be here any more; null for the beginning
     */
    Optional<Item> next(Item after) throws IOException;

    /**
     * Reads a fragment that was found wrong once more, and moves it aside when it is wrong indeed: no other method sees it
     * then, and it takes no room.
     *
     * @return whether it was moved; false when it is right, or not here
     */
    boolean setAside(SystemId source, FragmentId id) throws IOException;

    /** Deletes what was moved aside before then, and the oldest of it beyond so many. @return how many */
    int clearAside(Instant before, int most) throws IOException;

    /** What became of a deletion. */
    enum Deletion {
        DONE,
        NOT_IN_TRASH,
        TOO_EARLY
    }

    /** Octets kept for a source, those in the trash left out. */
    long keptBytes(SystemId source);

    /** The same for all sources of a realm. */
    long keptBytes(RealmId realm);
}
