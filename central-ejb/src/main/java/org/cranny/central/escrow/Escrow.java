package org.cranny.central.escrow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.Systems;
import org.cranny.protocol.enrollment.DepositLine;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Keeps sources' sealed key rings; central cannot open them without the escrow passphrase. Key rings are only ever added:
 * whoever steals a source can put rubbish beside its good ring, never in its place.
 */
@ApplicationScoped
public class Escrow {
    private static final int LONGEST = 1 << 20;
    private static final int SHORTEST = 32 + 16;
    private static final int MOST_DEPOSITS = 200;

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Clock clock;

    protected Escrow() {
        this(null, null, null, null);
    }

    @Inject
    public Escrow(Database database, AuditLog log, Systems systems, Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.clock = clock;
    }

    /**
     * Keeps a deposit; the very same again changes nothing. One without what lists files takes back what lists files of all
     * before it: the source's policy keeps the names of its files from central now.
     */
    public void deposit(SystemId source, EscrowDeposit deposit) {
        if (deposit.generation() < 0) {
            throw new ProblemException(Problem.ofField("generation", "a generation is never negative"));
        }
        byte[] keyRing = octets("keyRing", deposit.keyRing());
        byte[] browse = deposit.browse() == null ? null : octets("browse", deposit.browse());
        String hash = hash(keyRing, browse);
        database.durably(entities -> {
            systems.lock(source.number());
            List<SealedRing> kept = rings(source.number());
            boolean known = entities.createQuery(
                                    "select count(e) from EscrowRow e where e.source = :source"
                                            + " and e.generation = :generation and e.hash = :hash",
                                    Long.class)
                            .setParameter("source", source.number())
                            .setParameter("generation", deposit.generation())
                            .setParameter("hash", hash)
                            .getSingleResult()
                    > 0;
            if (known) {
                return null;
            }
            if (kept.size() >= MOST_DEPOSITS) {
                throw new ProblemException(
                        ProblemKind.TOO_LARGE, "this source has deposited " + MOST_DEPOSITS + " key rings already");
            }
            entities.persist(
                    new EscrowRow(source.number(), deposit.generation(), hash, keyRing, browse, clock.instant()));
            if (browse == null) {
                entities.createQuery("update EscrowRow e set e.browse = null where e.source = :source")
                        .setParameter("source", source.number())
                        .executeUpdate();
            }
            String subject = "system " + source.number();
            log.append(subject, "escrow", subject, "generation " + deposit.generation() + ", deposit " + hash);
            return null;
        });
    }

    /** When a source deposited what, oldest first. */
    public List<DepositLine> deposits(SystemId source) {
        return database.read(entities -> entities.createQuery(
                        "select e.generation, e.depositedMillis, case when e.browse is null then 0 else 1 end"
                                + " from EscrowRow e where e.source = :source order by e.id",
                        Object[].class)
                .setParameter("source", source.number())
                .getResultStream()
                .map(row -> new DepositLine(
                        (Integer) row[0],
                        Instant.ofEpochMilli((Long) row[1]).toString(),
                        ((Number) row[2]).intValue() == 1))
                .toList());
    }

    /** All deposits of a source, oldest first. */
    public List<SealedRing> rings(long source) {
        return database.read(entities -> entities.createQuery(
                        "select e from EscrowRow e where e.source = :source order by e.id", EscrowRow.class)
                .setParameter("source", source)
                .getResultStream()
                .map(EscrowRow::ring)
                .toList());
    }

    private static byte[] octets(String field, String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            if (octets.length >= SHORTEST && octets.length <= LONGEST) {
                return octets;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new ProblemException(Problem.ofField(field, "it is not base64"));
        }
        throw new ProblemException(
                Problem.ofField(field, "a sealed ring has " + SHORTEST + " to " + LONGEST + " octets"));
    }

    private static String hash(byte[] keyRing, byte[] browse) {
        byte[] both = new OctetWriter()
                .bytes(keyRing)
                .bytes(browse == null ? new byte[0] : browse)
                .toByteArray();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
