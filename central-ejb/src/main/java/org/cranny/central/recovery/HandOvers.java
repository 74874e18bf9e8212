package org.cranny.central.recovery;

import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Openings;
import org.cranny.central.database.Database;
import org.cranny.central.escrow.KeyRings;
import org.cranny.central.escrow.Reason;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;
import org.cranny.protocol.signing.PublicKeys;

/** Gives the place of a lost machine to whoever has the one-time token of its recovery. */
final class HandOvers {
    private static final int X25519_OCTETS = 32;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Authority authority;
    private final Settings settings;
    private final Approvals approvals;
    private final KeyRings keyRings;
    private final Openings openings;
    private final RecoveryRows rows;
    private final Clock clock;

    HandOvers(
            Database database,
            AuditLog log,
            Systems systems,
            Authority authority,
            Settings settings,
            Approvals approvals,
            KeyRings keyRings,
            Openings openings,
            RecoveryRows rows,
            Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.authority = authority;
        this.settings = settings;
        this.approvals = approvals;
        this.keyRings = keyRings;
        this.openings = openings;
        this.rows = rows;
        this.clock = clock;
    }

    /** A certificate for the same system, and its key ring sealed to the new machine. */
    HandedOver handOver(HandOverRequest request) {
        byte[] sealingKey = sealingKey(request.sealingKey());
        PublicKey key = authority.requested(request.csr());
        String fingerprint = HexFormat.of().formatHex(PublicKeys.fingerprint(key));
        RecoveryRow row = rows.byToken(request.token());
        refuseUsed(row, fingerprint);
        Machine machine = systems.find(row.source()).orElseThrow();
        if (machine.revoked()) {
            throw new ProblemException(ProblemKind.REVOKED, "system " + row.source() + " was shut out");
        }
        SystemId source = new SystemId(authority.realm(), row.source());
        byte[] sealed = sealedRing(row, source, sealingKey);
        List<PublicKey> former = replaceKey(request.token(), row, key, fingerprint);
        return new HandedOver(
                new Enrolled(
                        row.source(),
                        authority.realm().hex(),
                        authority.issued(row.source(), key).orElseThrow(),
                        authority.realmKeys(),
                        settings.machinesUrl(),
                        authority.allot(source, key)),
                machine.name(),
                Base64.getEncoder().encodeToString(sealed),
                former.stream()
                        .map(each -> Base64.getEncoder().encodeToString(each.getEncoded()))
                        .toList(),
                row.snapshot());
    }

    private byte[] sealedRing(RecoveryRow row, SystemId source, byte[] sealingKey) {
        String leave = approvals.require(row.approval());
        KeyRing ring = keyRings.open(
                source,
                new Reason(actor(row), "hand-over to another machine, " + leave, row.approval()),
                each -> openings.fits(source, each));
        try {
            return Escrow.sealRing(ring, sealingKey);
        } finally {
            ring.destroy();
        }
    }

    /** @return keys with which the lost machine signed */
    private List<PublicKey> replaceKey(String token, RecoveryRow row, PublicKey key, String fingerprint) {
        return database.durably(entities -> {
            systems.lock(row.source());
            RecoveryRow locked = rows.byToken(token);
            refuseUsed(locked, fingerprint);
            List<PublicKey> before = new ArrayList<>(systems.signers(row.source()));
            before.removeIf(key::equals);
            if (locked.holder() == null) {
                systems.replaceKey(row.source(), key, actor(row), "another machine took the place");
                authority.issue(row.source(), key);
                locked.handOver(fingerprint, clock.instant());
                log.append(actor(row), "hand-over", "system " + row.source(), "key " + fingerprint);
            }
            return before;
        });
    }

    private void refuseUsed(RecoveryRow row, String fingerprint) {
        boolean another = row.holder() != null && !row.holder().equals(fingerprint);
        if (another || !row.mayBegin(clock.instant())) {
            throw new ProblemException(ProblemKind.EXPIRED_TOKEN, "this recovery token is used up or too old");
        }
    }

    private static String actor(RecoveryRow row) {
        return "recovery " + row.id();
    }

    private static byte[] sealingKey(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            if (key.length == X25519_OCTETS) {
                return key;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(Problem.ofField("sealingKey", "it is not base64"));
        }
        throw new ProblemException(Problem.ofField("sealingKey", "an X25519 key has 32 octets"));
    }
}
