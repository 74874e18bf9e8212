package org.cranny.central.escrow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.authority.EscrowSplit;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Takes the escrow key away from central and gives it to recovery officers, of whom {@code threshold} together open the
 * ring of one machine for one approval.
 *
 * <p>Life of a split: asked for (each officer gets a share, sealed to the officer's own key; central keeps none and still
 * has the key), shown by every officer (which proves that all shares are right and nobody lost one on the way), holding
 * (the key is wiped from central's home; there is no way back), and given over to other officers as often as is needed:
 * enough officers of before bring their shares, the others get shares of another key, which opens what was sealed before
 * too, and what is sealed afterwards is sealed to the new key alone.
 *
 * <p>Shares and rings are in this process's memory alone, for an hour at most.
 */
@ApplicationScoped
public class Officers {
    private static final int MOST_AT_ONCE = 100;

    private final Authority authority;
    private final Escrow escrow;
    private final Approvals approvals;
    private final AuditLog log;
    private final EscrowKey escrowKey;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<Long, Gathering> gatherings = new HashMap<>();
    private Gathering shown;
    private OfficerChange change;

    protected Officers() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Officers(
            Authority authority,
            Escrow escrow,
            Approvals approvals,
            AuditLog log,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this.authority = authority;
        this.escrow = escrow;
        this.approvals = approvals;
        this.log = log;
        this.escrowKey = new EscrowKey(authority, settings);
        this.clock = clock;
        this.random = random;
    }

    /** Makes shares. Central has the key until every officer has {@link #show shown} theirs. */
    public synchronized SplitShares split(String actor, SplitRequest request) {
        Splits.check(request);
        if (authority.escrowSplit().isPresent()) {
            throw new ProblemException(Problem.ofField("officers", "the escrow key is with its officers already"));
        }
        Secret key = escrowKey.open();
        SplitShares shares;
        try {
            shares = Splits.seal(key, request, random);
        } finally {
            key.destroy();
        }
        List<String> names = Splits.names(request);
        log.append(
                actor,
                "escrow split asked",
                "escrow key",
                "split " + shares.split() + ", " + request.threshold() + " of " + String.join(", ", names));
        dropShown();
        authority.keepNextEscrowSplit(new EscrowSplit(shares.split(), request.threshold(), names));
        return shares;
    }

    /**
     * Asks for other officers, once the key is with its officers; those of now bring their shares within the hour. Asking
     * anew takes the place of what was asked before.
     */
    public synchronized ChangedOfficers change(String actor, SplitRequest request) {
        EscrowSplit holds = split();
        Splits.check(request);
        dropChange();
        change = new OfficerChange(request, clock.instant());
        log.append(
                actor,
                "officers change asked",
                "escrow key",
                request.threshold() + " of " + String.join(", ", change.names()));
        return change.shown(holds.threshold(), null);
    }

    /**
     * An officer's share for other officers. With the last one that is needed another key is drawn and split among them;
     * the officers of now stay until all of the others have {@link #show shown} their shares.
     *
     * @throws ProblemException NOT_FOUND when nobody asked within the hour; ESCROW_CLOSED when the shares are wrong
     */
    public synchronized ChangedOfficers bringForChange(String actor, ShownShare shownShare) {
        forgetOld();
        EscrowSplit holds = split();
        if (change == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "nobody asked for other officers within the last hour");
        }
        KeyShare share = Splits.share(shownShare, holds.split());
        Gathering brought = change.brought();
        int number = share.number();
        brought.add(share);
        log.append(
                actor,
                "share brought",
                "escrow key",
                "for other officers, share " + number + ", " + brought.size() + " of " + holds.threshold());
        if (brought.size() < holds.threshold()) {
            return change.shown(holds.threshold(), null);
        }
        return changed(actor, holds);
    }

    private ChangedOfficers changed(String actor, EscrowSplit holds) {
        OfficerChange asked = change;
        Secret present = joined(asked.brought(), this::dropChange);
        try {
            OfficerChange.Made made = asked.make(present, holds, random);
            log.append(
                    actor,
                    "escrow split asked",
                    "escrow key",
                    "split " + made.next().split() + ", " + made.next().threshold() + " of "
                            + String.join(", ", asked.names()) + ", in place of split " + holds.split());
            dropShown();
            authority.keepNextEscrowSplit(made.next());
            return asked.shown(holds.threshold(), made.shares());
        } finally {
            present.destroy();
            dropChange();
        }
    }

    private EscrowSplit split() {
        return authority
                .escrowSplit()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_FOUND, "central has the escrow key itself and needs no shares"));
    }

    /** One officer's share of a split that does not hold yet. With the last one it holds, and central has no key. */
    public synchronized EscrowStatus show(String actor, ShownShare shownShare) {
        forgetOld();
        EscrowSplit next = authority
                .nextEscrowSplit()
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "no split waits for its officers"));
        KeyShare share = Splits.share(shownShare, next.split());
        if (shown == null) {
            shown = new Gathering(clock.instant());
        }
        shown.add(share);
        if (shown.size() == next.officers().size()) {
            complete(actor, next);
        }
        return status();
    }

    private void complete(String actor, EscrowSplit next) {
        byte[] publicKey = next.publicKey() == null
                ? authority.escrowPublicKey()
                : Base64.getDecoder().decode(next.publicKey());
        boolean right = Splits.allRight(shown.shares(), next.threshold(), publicKey);
        dropShown();
        if (!right) {
            throw new ProblemException(
                    ProblemKind.ESCROW_CLOSED, "the shares do not make the escrow key: split it anew; nothing changed");
        }
        log.append(
                actor,
                "escrow split",
                "escrow key",
                "split " + next.split() + " holds, " + next.threshold() + " of " + String.join(", ", next.officers()));
        authority.completeEscrowSplit();
        dropChange();
        gatherings.values().forEach(Gathering::dropShares);
    }

    /**
     * One officer's share for one approval. With the last one that is needed, the machine's ring can be used under this
     * approval, until an hour after the first one.
     *
     * @throws ProblemException NOT_APPROVED while the owner can still object; ESCROW_CLOSED when the shares are wrong
     */
    public synchronized Brought bring(String actor, long approval, ShownShare shownShare) {
        forgetOld();
        EscrowSplit split = split();
        KeyShare share = Splits.share(shownShare, split.split());
        boolean kept = false;
        try {
            approvals.require(approval);
            Approval asked = approvals.find(approval);
            if (!gatherings.containsKey(approval) && gatherings.size() >= MOST_AT_ONCE) {
                throw new ProblemException(ProblemKind.TOO_LARGE, "too many recoveries wait for officers");
            }
            Gathering gathering = gatherings.computeIfAbsent(approval, key -> new Gathering(clock.instant()));
            if (gathering.opened() == null) {
                kept = true;
                gathering.add(share);
                log.append(
                        actor,
                        "share brought",
                        "system " + asked.system(),
                        "approval " + approval + ", share " + share.number() + ", " + gathering.size() + " of "
                                + split.threshold());
                if (gathering.size() >= split.threshold()) {
                    open(actor, asked, gathering);
                }
            }
            return new Brought(
                    approval,
                    Math.min(gathering.size(), split.threshold()),
                    split.threshold(),
                    gathering.opened() != null);
        } finally {
            if (!kept) {
                share.destroy();
            }
        }
    }

    private void open(String actor, Approval asked, Gathering gathering) {
        SystemId source = new SystemId(authority.realm(), asked.system());
        Secret key = joined(gathering, () -> gatherings.remove(asked.id()).destroy());
        try (EscrowKeys keys = new EscrowKeys(key, split())) {
            approvals.opened(actor, asked.id());
            gathering.open(OpenedRings.open(escrow.rings(asked.system()), keys.all(), source));
        }
    }

    /** @param forget what is done with shares that are wrong */
    private Secret joined(Gathering gathering, Runnable forget) {
        try {
            Secret key = KeyShare.join(gathering.shares());
            if (org.cranny.engine.keys.Escrow.isKeyOf(key, authority.escrowPublicKey())) {
                return key;
            }
            key.destroy();
        } catch (KeysUnreadableException e) {
            forget.run();
            throw wrongShares();
        }
        forget.run();
        throw wrongShares();
    }

    private static ProblemException wrongShares() {
        return new ProblemException(
                ProblemKind.ESCROW_CLOSED, "one of the shares is wrong: every officer brings theirs again");
    }

    /**
     * The ring that officers opened under the reason's approval; a copy, which the caller destroys.
     *
     * @throws ProblemException ESCROW_CLOSED while too few shares are there, for another machine, or after the hour
     */
    public synchronized KeyRing open(SystemId source, Reason reason, Predicate<KeyRing> fits) {
        forgetOld();
        Gathering gathering = reason.approval() == null ? null : gatherings.get(reason.approval());
        if (gathering == null || gathering.opened() == null) {
            throw new ProblemException(
                    ProblemKind.ESCROW_CLOSED,
                    "the escrow key is with its officers: they bring their shares to approval " + reason.approval());
        }
        log.append(reason.actor(), "escrow use", "system " + source.number(), reason.why());
        return gathering
                .opened()
                .newest(ring -> ring.source().equals(source) && fits.test(ring))
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.ESCROW_CLOSED,
                        "none of the key rings that system " + source.number() + " deposited opens its backups"));
    }

    /** Who can open key rings. */
    public synchronized EscrowStatus status() {
        EscrowSplit holds = authority.escrowSplit().orElse(null);
        EscrowSplit next = authority.nextEscrowSplit().orElse(null);
        List<String> missing = new ArrayList<>();
        for (int i = 0; next != null && i < next.officers().size(); i++) {
            if (shown == null || !shown.has(i + 1)) {
                missing.add(next.officers().get(i));
            }
        }
        return new EscrowStatus(
                holds == null ? "CENTRAL" : "SPLIT",
                holds == null ? null : holds.split(),
                holds == null ? null : holds.threshold(),
                holds == null ? List.of() : holds.officers(),
                next == null ? null : next.split(),
                missing);
    }

    /** Wipes what is older than an hour. */
    public synchronized void forgetOld() {
        gatherings.values().removeIf(gathering -> {
            boolean over = gathering.isOver(clock.instant());
            if (over) {
                gathering.destroy();
            }
            return over;
        });
        if (shown != null && shown.isOver(clock.instant())) {
            dropShown();
        }
        if (change != null && change.brought().isOver(clock.instant())) {
            dropChange();
        }
    }

    private void dropChange() {
        if (change != null) {
            change.destroy();
            change = null;
        }
    }

    private void dropShown() {
        if (shown != null) {
            shown.destroy();
            shown = null;
        }
    }
}
