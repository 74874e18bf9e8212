package org.cranny.central.device;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.cranny.central.alert.Alerts;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Browsing;
import org.cranny.central.browse.Openings;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.escrow.Escrow;
import org.cranny.central.job.JobSeal;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.PackCopies;
import org.cranny.central.policy.Policies;
import org.cranny.central.reliability.Heartbeats;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Leases;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Systems;

/** Devices whose fragments go to hosts of a test. */
public final class TestDevices {
    public final Devices devices;
    private final Gateway gateway;
    private final Database database;
    private final DeviceIdentities identities;

    /** What of central they stand on. */
    public record Central(
            Database database,
            AuditLog log,
            Settings settings,
            Systems systems,
            org.cranny.central.system.Hosts hosts,
            Authority authority,
            Enrollments enrollments,
            Escrow escrow,
            Policies policies,
            Openings openings,
            Browsing browsing,
            Leases leases,
            Custody custody,
            PackCopies copies,
            Snapshots snapshots,
            Heartbeats heartbeats,
            Alerts alerts,
            Clock clock) {}

    public TestDevices(Central central, org.cranny.engine.transfer.Hosts hosts, Executor executor) throws IOException {
        SecureRandom random = new SecureRandom();
        database = central.database();
        Spool spool = new Spool(central.settings(), central.clock());
        identities = new DeviceIdentities(
                central.database(),
                central.systems(),
                central.authority(),
                central.enrollments(),
                central.escrow(),
                central.policies(),
                new JobSeal(central.authority(), random),
                central.clock(),
                random);
        Sealing sealing = new Sealing(
                spool,
                identities,
                central.systems(),
                central.hosts(),
                central.authority(),
                central.policies(),
                central.openings(),
                central.leases(),
                central.custody(),
                central.copies(),
                central.snapshots(),
                central.heartbeats(),
                central.clock(),
                random,
                (identity, allotment) -> hosts);
        gateway =
                new Gateway(spool, sealing, identities, central.systems(), central.alerts(), central.clock(), executor);
        devices = new Devices(
                spool,
                gateway,
                identities,
                central.systems(),
                central.authority(),
                central.snapshots(),
                central.browsing(),
                central.openings(),
                central.settings(),
                central.log());
    }

    /** What the timer does. */
    public void round() {
        gateway.round();
    }

    /** The device's private key and its key ring, in the clear. */
    public List<byte[]> secrets(long device) {
        try (DeviceKeys keys = identities.open(device)) {
            return List.of(keys.key().getEncoded(), keys.ring().encode());
        }
    }

    /** Opens the row of a device with the keys of the authority that is given. */
    public void openWith(Authority authority, long device) {
        DeviceRow row = database.read(entities -> entities.find(DeviceRow.class, device));
        DeviceKeys.open(row, new JobSeal(authority, new SecureRandom())).close();
    }
}
