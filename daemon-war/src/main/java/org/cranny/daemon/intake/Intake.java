package org.cranny.daemon.intake;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Issuers;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.shelf.StoreOutcome;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Counters.Counter;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;

/**
 * Takes fragments in: a receipt that leaves here means that the octets and their name are on the disk.
 * Rights are checked without asking anyone: the allotment carries the signature of the source's realm and the source's key.
 */
public final class Intake {
    /** The longest fragment that is taken, 80 MiB. */
    public static final long MOST_OCTETS = 80L << 20;

    private final Shelf shelf;
    private final Issuers issuers;
    private final Identity identity;
    private final Takings takings;
    private final Counters counters;
    private final Clock clock;

    public Intake(Shelf shelf, Issuers issuers, Identity identity, Takings takings, Counters counters, Clock clock) {
        this.shelf = shelf;
        this.issuers = issuers;
        this.identity = identity;
        this.takings = takings;
        this.counters = counters;
        this.clock = clock;
    }

    /** A receipt, and whether the fragment is new here. */
    public record Taken(Signed receipt, boolean isNew) {}

    /**
     * @param length octets of the body
     * @param allotment signed, base64url, or null when the caller showed none
     * @throws ProblemException when it is refused; nothing was kept
     * @throws IOException when the body broke off; nothing was kept
     */
    public Taken put(Caller caller, FragmentId id, long length, String allotment, InputStream body) throws IOException {
        if (length > MOST_OCTETS) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE, "a fragment has at most " + MOST_OCTETS + " octets, not " + length);
        }
        Allotment right = check(caller, allotment);
        RealmId realm = caller.system().realm();
        Takings.Kept kept =
                new Takings.Kept(shelf.keptBytes(caller.system()), shelf.keptBytes(realm), issuers.quota(realm));
        try (Takings.Taking taking = takings.begin(right, length, kept)) {
            StoreOutcome outcome = shelf.put(caller, id, length, body);
            if (outcome instanceof StoreOutcome.Refused refused) {
                throw new ProblemException(refused.kind(), refused.detail());
            }
            boolean isNew = outcome instanceof StoreOutcome.Stored;
            if (isNew) {
                taking.keep();
            }
            return new Taken(receipt(caller, id, length), isNew);
        }
    }

    /**
     * Takes in, under a grant to copy, what another daemon sends: the room is the owner's to give, the allotment is not
     * asked for. The receipt is for the source.
     *
     * @param source whose fragment it is, with its key
     * @throws ProblemException when it is refused; nothing was kept
     * @throws IOException when the body broke off; nothing was kept
     */
    public Signed copy(Caller source, FragmentId id, long length, InputStream body) throws IOException {
        StoreOutcome outcome = shelf.put(source, id, length, body);
        if (outcome instanceof StoreOutcome.Refused refused) {
            throw new ProblemException(refused.kind(), refused.detail());
        }
        return receipt(source, id, length);
    }

    /**
     * The allotment that a caller shows, when it is good and lets its source put its own fragments away.
     *
     * @throws ProblemException NO_ALLOTMENT
     */
    public Allotment rightToForget(Caller caller, String allotment) {
        Allotment right = check(caller, allotment);
        if (!right.mayForget()) {
            throw new ProblemException(
                    ProblemKind.NO_ALLOTMENT, "this allotment does not let its source put anything away");
        }
        return right;
    }

    private Allotment check(Caller caller, String allotment) {
        if (allotment == null) {
            throw new ProblemException(ProblemKind.NO_ALLOTMENT, "the request shows no allotment");
        }
        try {
            Allotment right = Allotment.open(
                    Signed.parse(allotment), issuers.grantKey(caller.system().realm()));
            if (!right.allows(caller.system(), caller.keyFingerprint(), clock.instant())) {
                throw new ProblemException(
                        ProblemKind.NO_ALLOTMENT, "the allotment is another machine's, or not valid now");
            }
            return right;
        } catch (MalformedException e) {
            throw new ProblemException(ProblemKind.NO_ALLOTMENT, "the allotment is not good: " + e.getMessage());
        }
    }

    private Signed receipt(Caller caller, FragmentId id, long length) {
        Signed receipt = identity.sign(new Receipt(identity.system(), caller.system(), id, length, clock.instant()));
        counters.add(Counter.PUT_REQUESTS, 1);
        counters.add(Counter.PUT_BYTES, length);
        counters.receipt(digest(receipt));
        return receipt;
    }

    private static String digest(Signed receipt) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(receipt.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
