package org.cranny.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.sql.SQLException;
import java.util.Locale;

/** Machines that joined, with their keys, certificates, deposits, groups and due times. */
final class Machines {
    private final Run run;

    Machines(Run run) {
        this.run = run;
    }

    /** Adds the rows. */
    void add() throws SQLException {
        systems();
        certificates();
        deposits();
        groups();
        due();
    }

    private void systems() throws SQLException {
        byte[][] keys = new byte[run.systems()][];
        try (Rows rows = run.rows(
                "system",
                "number, name, roles, public_key, key_fingerprint, token, enrolled_millis, revoked_millis, owner_mail,"
                        + " backed_up_millis")) {
            for (int i = 0; i < run.systems(); i++) {
                keys[i] = key();
                boolean revoked = i % 250 == 249;
                rows.add(
                        run.first() + i,
                        Run.name(i),
                        "host,source",
                        keys[i],
                        Run.hex(Run.sha256(keys[i])),
                        1L,
                        run.now() - Run.days(400 - i % 300),
                        revoked ? run.now() - Run.days(i % 100) : null,
                        Run.owner(i),
                        run.count(i) == 0 ? null : run.received(i, run.count(i)));
            }
        }
    }

    private void certificates() throws SQLException {
        try (Rows rows = run.rows("certificate", "serial, system, issued_millis, expires_millis, octets")) {
            for (int i = 0; i < run.systems(); i++) {
                rows.add(
                        Run.hex(run.octets(16)),
                        run.first() + i,
                        run.now() - Run.days(i % 60),
                        run.now() + Run.days(90 - i % 60),
                        run.octets(600));
            }
        }
    }

    private void deposits() throws SQLException {
        long escrow = run.above("escrow");
        try (Rows rows = run.rows("escrow", "id, source, generation, hash, key_ring, browse, deposited_millis")) {
            for (int i = 0; i < run.systems(); i++) {
                rows.add(
                        escrow + i,
                        run.first() + i,
                        1,
                        Run.hex(run.octets(32)),
                        run.octets(700),
                        run.octets(300),
                        run.now() - Run.days(i % 300));
            }
        }
    }

    private void groups() throws SQLException {
        try (Rows rows = run.rows("system_label", "system, position, label")) {
            for (int i = 0; i < run.systems(); i++) {
                rows.add(run.first() + i, 0, "group-" + i % Run.GROUPS);
                rows.add(run.first() + i, 1, "site-" + Run.site(i).toLowerCase(Locale.ROOT));
            }
        }
    }

    private void due() throws SQLException {
        try (Rows rows = run.rows("backup_due", "source, next_millis, last_millis, stale")) {
            for (int i = 0; i < run.systems(); i++) {
                rows.add(run.first() + i, run.now() + Run.days(2) + i, run.now() - Run.hours(i % 24), 0);
            }
        }
    }

    private byte[] key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair().getPublic().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
