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
 * (the key is wiped from central's home; there is no way back).
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
        List<String> names =
                request.officers().stream().map(each -> each.name().strip()).toList();
        Secret key = escrowKey.open();
        List<KeyShare> shares = KeyShare.split(key, request.threshold(), names.size(), random);
        key.destroy();
        String split = shares.get(0).split();
        List<SplitShares.SealedShare> sealed = new ArrayList<>();
        for (KeyShare share : shares) {
            Officer officer = request.officers().get(share.number() - 1);
            byte[] octets = org.cranny.engine.keys.Escrow.sealShare(share, Splits.key(officer));
            sealed.add(new SplitShares.SealedShare(
                    officer.name().strip(), share.number(), Base64.getEncoder().encodeToString(octets)));
            share.destroy();
        }
        log.append(
                actor,
                "escrow split asked",
                "escrow key",
                "split " + split + ", " + request.threshold() + " of " + String.join(", ", names));
        dropShown();
        authority.keepNextEscrowSplit(new EscrowSplit(split, request.threshold(), names));
        return new SplitShares(split, request.threshold(), List.copyOf(sealed));
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
        boolean right = Splits.allRight(shown.shares(), next.threshold(), authority.escrowPublicKey());
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
    }

    /**
     * One officer's share for one approval. With the last one that is needed, the machine's ring can be used under this
     * approval, until an hour after the first one.
     *
     * @throws ProblemException NOT_APPROVED while the owner can still object; ESCROW_CLOSED when the shares are wrong
     */
    public synchronized Brought bring(String actor, long approval, ShownShare shownShare) {
        forgetOld();
        EscrowSplit split = authority
                .escrowSplit()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_FOUND, "central has the escrow key itself and needs no shares"));
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
        Secret key = joined(asked.id(), gathering);
        try {
            log.append(actor, "escrow opened", "system " + asked.system(), "approval " + asked.id());
            gathering.open(OpenedRings.open(escrow.rings(asked.system()), key, source));
        } finally {
            key.destroy();
        }
    }

    private Secret joined(long approval, Gathering gathering) {
        try {
            Secret key = KeyShare.join(gathering.shares());
            if (org.cranny.engine.keys.Escrow.isKeyOf(key, authority.escrowPublicKey())) {
                return key;
            }
            key.destroy();
        } catch (KeysUnreadableException e) {
            throw wrongShares(approval);
        }
        throw wrongShares(approval);
    }

    private ProblemException wrongShares(long approval) {
        gatherings.remove(approval).destroy();
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
    }

    private void dropShown() {
        if (shown != null) {
            shown.destroy();
            shown = null;
        }
    }
}
