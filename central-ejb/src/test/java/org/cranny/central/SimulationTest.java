package org.cranny.central;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that was acknowledged is lost, whatever happens in whatever order: see {@link Simulation}. A seed that failed runs
 * again with {@code -Dcranny.simulation.seed=SEED}; {@code -Dcranny.simulation.seeds=N} runs so many, with {@code --long} 40,
 * {@code -Dcranny.simulation.first=N} from that one on.
 */
class SimulationTest {
    private static final int STEPS =
            Integer.getInteger("cranny.simulation.steps", Boolean.getBoolean("cranny.long") ? 150 : 60);
    private static final long FIRST = Long.getLong("cranny.simulation.first", 1);

    @TempDir
    Path folder;

    static LongStream seeds() {
        Long one = Long.getLong("cranny.simulation.seed");
        int many = Integer.getInteger("cranny.simulation.seeds", Boolean.getBoolean("cranny.long") ? 40 : 1);
        return one != null ? LongStream.of(one) : LongStream.range(FIRST, FIRST + many);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingAcknowledgedIsEverLost(long seed) throws Exception {
        try (Simulation realm = new Simulation(seed, Databases.H2, folder.toRealPath())) {
            try {
                for (int i = 0; i < STEPS; i++) {
                    realm.step();
                }
                realm.heal();
            } catch (Throwable failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage() + "\n" + realm.story(), failed);
            }
            System.out.println("seed " + seed + ", " + STEPS + " steps: " + realm.counts());
        }
    }
}
