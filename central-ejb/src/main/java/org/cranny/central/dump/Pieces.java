package org.cranny.central.dump;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.repair.Burden;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;

/** Which host has which piece of which dump, as the database knows it. */
final class Pieces {
    private static final String WHOLE =
            "p.trashed_millis is null and p.dump in (select s.dump from dump_piece s where s.slip = 1)";

    private final Database database;
    private final Clock clock;

    Pieces(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param slip whether it names the other pieces of its dump */
    record Piece(String dump, FragmentId fragment, long length, boolean slip) {}

    void keep(Piece piece, long host) {
        DumpPieceRow row = new DumpPieceRow(piece.dump(), piece.fragment(), host, piece.length());
        database.durably(entities -> {
            entities.persist(piece.slip() ? row.asSlip() : row);
            return null;
        });
    }

    /** Notes that the rows of this piece are of a slip: what was written before that was noted has to be. */
    void complete(Piece slip) {
        database.durably(entities -> entities.createQuery(
                        "update DumpPieceRow d set d.slip = 1 where d.dump = :dump and d.fragment = :fragment"
                                + " and d.slip = 0")
                .setParameter("dump", slip.dump())
                .setParameter("fragment", slip.fragment().toString())
                .executeUpdate());
    }

    /** All rows of a piece, also of what is in the trash. */
    List<DumpPieceRow> of(Piece piece) {
        return database.read(entities -> entities.createQuery(
                        "select d from DumpPieceRow d where d.dump = :dump and d.fragment = :fragment order by d.id",
                        DumpPieceRow.class)
                .setParameter("dump", piece.dump())
                .setParameter("fragment", piece.fragment().toString())
                .getResultList());
    }

    /** Whether the slip is on a host, so that hosts can name the dump. */
    boolean isThere(String dump) {
        return database.read(entities -> entities.createQuery(
                                "select count(d) from DumpPieceRow d where d.dump = :dump and d.slip = 1"
                                        + " and d.trashedMillis is null",
                                Long.class)
                        .setParameter("dump", dump)
                        .getSingleResult()
                > 0);
    }

    /** Pieces on fewer good hosts than is wanted, those on the fewest first. @param bad hosts that do not count */
    List<Piece> wanting(Collection<Long> bad, int copies, int limit) {
        return grouped(
                bad,
                "having sum(" + good(bad) + ") < " + copies + " order by sum(" + good(bad) + "), p.dump desc",
                limit);
    }

    /** Pieces on more good hosts than is wanted. */
    List<Piece> surplus(Collection<Long> bad, int copies, int limit) {
        return grouped(bad, "having sum(" + good(bad) + ") > " + copies + " order by p.dump, p.fragment", limit);
    }

    private List<Piece> grouped(Collection<Long> bad, String which, int limit) {
        return database.read(entities -> {
            Query query = entities.createNativeQuery("select p.dump, p.fragment, max(p.length), max(p.slip)"
                    + " from dump_piece p where " + WHOLE + " group by p.dump, p.fragment " + which);
            List<Piece> pieces = new ArrayList<>();
            for (Object row : query.setMaxResults(limit).getResultList()) {
                Object[] cells = (Object[]) row;
                pieces.add(new Piece(
                        (String) cells[0],
                        FragmentId.of((String) cells[1]),
                        ((Number) cells[2]).longValue(),
                        ((Number) cells[3]).intValue() == 1));
            }
            return pieces;
        });
    }

    private static String good(Collection<Long> bad) {
        String numbers = bad.isEmpty() ? "0" : bad.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "case when p.host in (" + numbers + ") then 0 else 1 end";
    }

    /** What a host keeps. */
    List<DumpPieceRow> on(long host, int limit) {
        return database.read(entities -> entities.createQuery(
                        "select d from DumpPieceRow d where d.host = :host and d.trashedMillis is null order by d.id",
                        DumpPieceRow.class)
                .setParameter("host", host)
                .setMaxResults(limit)
                .getResultList());
    }

    /** What a host keeps. */
    Burden.Load load(long host) {
        return database.read(entities -> {
            Object[] sums = entities.createQuery(
                            "select count(d), coalesce(sum(d.length), 0) from DumpPieceRow d where d.host = :host"
                                    + " and d.trashedMillis is null",
                            Object[].class)
                    .setParameter("host", host)
                    .getSingleResult();
            return new Burden.Load(((Number) sums[0]).longValue(), ((Number) sums[1]).longValue());
        });
    }

    /** Hosts that keep pieces. */
    Set<Long> hosts() {
        return new HashSet<>(database.read(entities -> entities.createQuery(
                        "select distinct d.host from DumpPieceRow d where d.trashedMillis is null", Long.class)
                .getResultList()));
    }

    /** What is kept of dumps beyond the newest ones. @param kept how many of these */
    List<DumpPieceRow> old(int kept) {
        return database.read(entities -> {
            List<String> names = entities.createQuery(
                            "select distinct d.dump from DumpPieceRow d where d.trashedMillis is null"
                                    + " order by d.dump desc",
                            String.class)
                    .getResultList();
            List<String> old = names.subList(Math.min(kept, names.size()), names.size());
            return old.isEmpty() ? List.<DumpPieceRow>of() : kept(entities, old);
        });
    }

    private static List<DumpPieceRow> kept(EntityManager entities, List<String> dumps) {
        return entities.createQuery(
                        "select d from DumpPieceRow d where d.trashedMillis is null and d.dump in :dumps",
                        DumpPieceRow.class)
                .setParameter("dumps", dumps)
                .getResultList();
    }

    /** What was put into the trash before. */
    List<DumpPieceRow> trashedBefore(long millis) {
        return database.read(entities -> entities.createQuery(
                        "select d from DumpPieceRow d where d.trashedMillis <= :before", DumpPieceRow.class)
                .setParameter("before", millis)
                .getResultList());
    }

    /** Takes note of what a host answered to an order. */
    void settle(Act act, List<DumpPieceRow> rows, TrashAnswer answer) {
        database.durably(entities -> {
            for (DumpPieceRow row : rows) {
                DumpPieceRow now = entities.find(DumpPieceRow.class, row.id());
                boolean absent = answer.absent().contains(row.fragment());
                if (now != null && (absent || act == Act.DELETE && answer.done().contains(row.fragment()))) {
                    entities.remove(now);
                } else if (now != null && act == Act.TRASH && answer.done().contains(row.fragment())) {
                    now.trashed(clock.instant());
                }
            }
            return null;
        });
    }

    /** Notes that a host does not have a piece. */
    void lost(DumpPieceRow row) {
        database.durably(entities -> {
            DumpPieceRow now = entities.find(DumpPieceRow.class, row.id());
            if (now != null) {
                entities.remove(now);
            }
            return null;
        });
    }

    /** Notes that a host does not have these fragments, of whatever dumps. @return how many rows went */
    int lost(long host, Collection<String> fragments) {
        return database.durably(entities -> entities.createQuery(
                        "delete from DumpPieceRow d where d.host = :host and d.fragment in :fragments"
                                + " and d.trashedMillis is null")
                .setParameter("host", host)
                .setParameter("fragments", fragments)
                .executeUpdate());
    }

    /** Whether nothing may be deleted now. */
    boolean locked() {
        return database.read(entities ->
                ((Number) entities.createNativeQuery("select coalesce(max(l.until_millis), 0) from prune_lock l")
                                        .getSingleResult())
                                .longValue()
                        > clock.millis());
    }
}
