package org.cranny.central.device;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.BrowseRule;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.job.JobSeal;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Who a device is to hosts and to central: a system with a certificate and a key ring of its own, which is also in
 * escrow, as any source's. The keys are in the database, sealed under a secret that is in central's home alone; nothing but
 * this package opens them.
 */
@ApplicationScoped
class DeviceIdentities {
    private final Database database;
    private final Systems systems;
    private final Authority authority;
    private final Enrollments enrollments;
    private final org.cranny.central.escrow.Escrow escrow;
    private final BrowseRule browseRule;
    private final JobSeal seal;
    private final Clock clock;
    private final SecureRandom random;

    protected DeviceIdentities() {
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    DeviceIdentities(
            Database database,
            Systems systems,
            Authority authority,
            Enrollments enrollments,
            org.cranny.central.escrow.Escrow escrow,
            BrowseRule browseRule,
            JobSeal seal,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.systems = systems;
        this.authority = authority;
        this.enrollments = enrollments;
        this.escrow = escrow;
        this.browseRule = browseRule;
        this.seal = seal;
        this.clock = clock;
        this.random = random;
    }

    /** Makes a device of this owner: number, certificate, keys and their deposit, or nothing at all. */
    Machine make(String actor, String name, String mail) {
        KeyPair pair = DeviceKeys.drawPair(random);
        return database.durably(entities -> {
            Machine machine = enrollments.admitDevice(actor, name, pair.getPublic());
            byte[] salt = seal.salt();
            try (DeviceKeys keys = new DeviceKeys(pair.getPrivate(), KeyRing.create(id(machine.number()), random))) {
                DeviceRow row = new DeviceRow(machine.number(), salt, keys.sealed(salt, seal), actor, mail);
                entities.persist(row);
                deposit(row, keys);
            }
            return systems.giveTo(machine.number(), mail, actor);
        });
    }

    /** @throws ProblemException NOT_FOUND when this is no device */
    DeviceKeys open(long device) {
        return DeviceKeys.open(database.read(entities -> known(entities.find(DeviceRow.class, device), device)), seal);
    }

    /** Whether this is whose files they are, and not somebody who was made the owner later. */
    boolean isFor(long device, String owner) {
        return database.read(entities -> known(entities.find(DeviceRow.class, device), device))
                .isFor(owner);
    }

    /** With a certificate that is good for a while. */
    MachineIdentity identity(long device, DeviceKeys keys) {
        PublicKey key = systems.key(device);
        List<X509Certificate> chain =
                DeviceKeys.certificates(authority.issued(device, key).orElseGet(() -> authority.issue(device, key)));
        if (Renewal.due(chain.get(0), clock.instant())) {
            chain = DeviceKeys.certificates(authority.issue(device, key));
        }
        return new MachineIdentity(id(device), keys.key(), chain);
    }

    /** Deposits the key ring anew where officers have another escrow key since, or the policy says otherwise of browsing. */
    void follow(long device, DeviceKeys keys) {
        database.durably(entities -> {
            DeviceRow row = known(entities.find(DeviceRow.class, device, LockModeType.PESSIMISTIC_WRITE), device);
            if (!wanted(device).equals(row.deposited())) {
                deposit(row, keys);
            }
            return null;
        });
    }

    /** Devices whose key ring is not deposited for the escrow key of now. */
    List<Long> notInEscrow() {
        return database.read(entities -> entities.createQuery(
                        "select d.system from DeviceRow d where d.deposited is null or d.deposited not like :key"
                                + " order by d.system",
                        Long.class)
                .setParameter("key", escrowKey() + "%")
                .getResultList());
    }

    private void deposit(DeviceRow row, DeviceKeys keys) {
        Base64.Encoder base64 = Base64.getEncoder();
        KeyRing ring = keys.ring();
        boolean browse = browseRule.letsCentralList(row.system());
        escrow.deposit(
                id(row.system()),
                new EscrowDeposit(
                        ring.generation(),
                        base64.encodeToString(Escrow.sealRing(ring, authority.escrowPublicKey())),
                        browse
                                ? base64.encodeToString(
                                        Escrow.sealBrowse(ring.browseKeys(), authority.browsePublicKey()))
                                : null));
        row.deposited(wanted(row.system()));
    }

    private String wanted(long device) {
        return escrowKey() + (browseRule.letsCentralList(device) ? " browse" : "");
    }

    private String escrowKey() {
        return HexFormat.of().formatHex(authority.escrowPublicKey());
    }

    private SystemId id(long device) {
        return new SystemId(authority.realm(), device);
    }

    private static DeviceRow known(DeviceRow row, long device) {
        if (row == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no device with the number " + device);
        }
        return row;
    }
}
