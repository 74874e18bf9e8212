package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** Central that works while accidents happen to its PostgreSQL, and is not started again afterwards. */
final class CentralOnPostgreSql implements AutoCloseable {
    static final int MOST_LINES = 20;
    private static final long LONGEST_STEP_NANOS = 10_000_000;

    /** Something that makes PostgreSQL go away; when it returns, PostgreSQL is there again. */
    interface Accident {
        void happen() throws Exception;
    }

    private final Path folder;
    private final Random random;
    private final Central central;
    private final CentralInMind mind;

    /** @param url a new database @param folder for central's home */
    CentralOnPostgreSql(Path folder, String url, Random random) throws Exception {
        this.folder = folder;
        this.random = random;
        mind = new CentralInMind(folder);
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        KilledCentral.found(folder, dataSource);
        central = new Central(folder.resolve("home"), dataSource, new ManualClock());
    }

    int commits() {
        return mind.commits();
    }

    int again() {
        return mind.again();
    }

    /** Has it happen at a random moment. @throws AssertionError when something that was answered is lost */
    void workThrough(Accident accident) throws Exception {
        workThrough(random.nextInt(MOST_LINES), accident);
    }

    /** @param lines how many lines of {@link KilledCentral} are said at least before it happens */
    void workThrough(int lines, Accident accident) throws Exception {
        central.clock.advance(Duration.ofHours(1));
        Work work = new Work();
        work.start();
        while (work.said.size() < lines && work.isAlive()) {
            LockSupport.parkNanos(100_000);
        }
        LockSupport.parkNanos(random.nextLong(LONGEST_STEP_NANOS));
        assertTrue(work.isAlive(), () -> "it ended before anything happened: " + work.end);
        accident.happen();
        work.over = true;
        work.join();
        mind.compare(central, work.said);
    }

    private final class Work extends Thread {
        private final List<String> said = new CopyOnWriteArrayList<>();
        private volatile boolean over;
        private volatile Exception end;

        @Override
        public void run() {
            try {
                KilledCentral.work(folder, central, Integer.MAX_VALUE, this::say);
            } catch (Exception e) {
                end = e;
            }
        }

        private void say(String line) {
            said.add(line);
            if (over) {
                throw new IllegalStateException("enough");
            }
        }
    }

    @Override
    public void close() {
        central.close();
    }
}
