package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.h2.jdbcx.JdbcConnectionPool;

/** What central must have kept that a {@link KilledCentral} worked with, whatever ended it. */
final class CentralInMind {
    private static final int PAGE = 1_000;

    private final Path folder;
    private final List<String> committed = new ArrayList<>();
    private final List<String> registered = new ArrayList<>();
    private int again;

    /** @param folder that of the {@link KilledCentral} */
    CentralInMind(Path folder) {
        this.folder = folder;
    }

    /** How many snapshots there are. */
    int commits() {
        return committed.size();
    }

    /** How many of them were asked for once more, because nobody had heard an answer. */
    int again() {
        return again;
    }

    /** Compares, and asks again for what was not answered. @param said its lines */
    void compare(Central central, List<String> said) throws Exception {
        TestMachine source = KilledCentral.machine(folder, central, "ws");
        String inDoubt = null;
        String registering = null;
        for (String line : said) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "registering" -> registering = words[1];
                case "registered" -> registered.add(registering);
                case "committing" -> inDoubt = words[1];
                case "committed" -> {
                    committed.add(words[1]);
                    inDoubt = null;
                }
                default -> throw new AssertionError(line);
            }
        }
        if (inDoubt != null) {
            String id = central.snapshots
                    .commit(source.id, new CommitRequest(inDoubt, null))
                    .answer()
                    .snapshot();
            committed.add(id);
            again++;
        }
        assertEquals(
                committed,
                central.snapshots.list(source.id, 0).stream()
                        .map(SnapshotLine::snapshot)
                        .toList());
        Set<String> lost = new HashSet<>(registered);
        lost.removeAll(known(central, source));
        assertEquals(Set.of(), lost);
        assertEquals(Optional.empty(), central.log.firstBroken());
    }

    private static Set<String> known(Central central, TestMachine source) {
        Set<String> known = new HashSet<>();
        List<Placement> page = central.custody.page(source.id, null, PAGE).packs();
        while (!page.isEmpty()) {
            page.forEach(placement -> known.add(placement.pack()));
            page = central.custody
                    .page(source.id, page.get(page.size() - 1).pack(), PAGE)
                    .packs();
        }
        return known;
    }

    /** So that another process may open it. */
    static void leave(DataSource dataSource) throws Exception {
        JdbcConnectionPool pool = (JdbcConnectionPool) dataSource;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
                statement.execute("shutdown");
            }
        }
        pool.dispose();
    }
}
