package org.cranny.central.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.placement.Custody;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * Gives each source one turn at a time to commit. A turn lasts two minutes from its last renewal; every new one has a
 * higher epoch, and a manifest of an earlier epoch is refused.
 */
@ApplicationScoped
public class Leases {
    private static final int LONGEST_ATTEMPT = 64;

    private final Database database;
    private final Systems systems;
    private final Authority authority;
    private final Custody custody;
    private final Keepsakes keepsakes;
    private final Settings settings;
    private final Clock clock;

    protected Leases() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Leases(
            Database database,
            Systems systems,
            Authority authority,
            Custody custody,
            Keepsakes keepsakes,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.systems = systems;
        this.authority = authority;
        this.custody = custody;
        this.keepsakes = keepsakes;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Takes the turn. Whoever names the epoch of the turn that is open had it, lost its process and begins again. A request
     * that is repeated because its answer was lost gets the turn that it took.
     *
     * @throws ProblemException LEASE_TAKEN while another one is renewed within its time
     */
    public Lease take(SystemId source, LeaseRequest request) {
        if (request.attempt() != null && request.attempt().length() > LONGEST_ATTEMPT) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "an attempt has 64 characters at most");
        }
        return database.durably(entities -> {
            systems.lock(source.number());
            Catalogue catalogue = new Catalogue(entities, source.number());
            LeaseRow row = catalogue.lease();
            boolean held = row.held(clock.instant());
            if (held && row.isOf(request)) {
                row.renew(clock.instant());
            } else if (held && row.epoch() != request.lastEpoch()) {
                throw taken();
            } else {
                row.take(request, clock.instant());
            }
            List<VersionRange> forgotten = giveUp(source.number());
            Set<String> gone = new LinkedHashSet<>(custody.goneSince(source.number(), request.lastEpoch()));
            gone.addAll(custody.withoutCopies(source.number()));
            return lease(catalogue, row, source, List.copyOf(gone), forgotten);
        });
    }

    /** Makes the turn of this epoch last longer. @throws ProblemException LEASE_TAKEN when there was a later one */
    public Lease renew(SystemId source, long epoch) {
        return database.durably(entities -> {
            systems.lock(source.number());
            Catalogue catalogue = new Catalogue(entities, source.number());
            LeaseRow row = catalogue.lease();
            if (row.epoch() != epoch || epoch == 0) {
                throw taken();
            }
            row.renew(clock.instant());
            return lease(catalogue, row, source, custody.goneSince(source.number(), epoch), List.of());
        });
    }

    /** Gives the turn of this epoch back; nothing happens when it has passed already. */
    public void release(SystemId source, long epoch) {
        database.durably(entities -> {
            systems.lock(source.number());
            LeaseRow row = new Catalogue(entities, source.number()).lease();
            if (row.epoch() == epoch) {
                row.release();
            }
            return null;
        });
    }

    /** The epoch of a source's newest turn, 0 before the first. */
    public long epoch(long source) {
        return database.read(entities -> {
            LeaseRow row = entities.find(LeaseRow.class, source);
            return row == null ? 0 : row.epoch();
        });
    }

    /** Whether a source has the turn now. */
    public boolean held(long source) {
        return database.read(entities -> {
            LeaseRow row = entities.find(LeaseRow.class, source);
            return row != null && row.held(clock.instant());
        });
    }

    /** Gives up what was forgotten for long enough; the source is locked. */
    public List<VersionRange> giveUp(long source) {
        return keepsakes.giveUp(source, settings.forgottenKept());
    }

    private Lease lease(
            Catalogue catalogue, LeaseRow row, SystemId source, List<String> gone, List<VersionRange> forgotten) {
        Optional<SnapshotRow> newest = catalogue.newest();
        return new Lease(
                row.epoch(),
                newest.map(SnapshotRow::version).orElse(0L),
                newest.map(SnapshotRow::hash).orElse(null),
                gone,
                authority.allot(source, systems.key(source.number())),
                LeaseRow.LIFE.toSeconds(),
                forgotten);
    }

    private static ProblemException taken() {
        return new ProblemException(ProblemKind.LEASE_TAKEN, "another backup of this machine has the turn");
    }
}
