package org.cranny.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Octets that a stranger changed: readers give something, or the exception that their page promises, in little memory and
 * little time. The same for as long as one likes, and guided by what was reached: {@code bin/fuzz}.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ReadersTest {
    private static final int ROUNDS = 2_000;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SEED = Long.getLong("cranny.readers.seed", 1);

    private final List<String> broken = new ArrayList<>();

    @Test
    void everyReaderReadsItsSeedsAndWhatWasFoundAsPromised() throws Exception {
        Set<String> names = new HashSet<>();
        for (Reader reader : Readers.all()) {
            assertTrue(names.add(reader.name()), reader.name());
            assertTrue(
                    reader.seeds().stream().anyMatch(reader::read)
                            || reader.refusals().isEmpty(),
                    () -> reader.name() + " reads none of its seeds");
            Readers.found(reader).forEach(input -> read(reader, input));
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void anyChangedOctetsAreReadOrRefusedAsPromised() throws Exception {
        List<String> counts = new ArrayList<>();
        for (Reader reader : Readers.all()) {
            Mutations mutations = new Mutations(SEED);
            List<byte[]> seeds = new ArrayList<>(reader.seeds());
            seeds.addAll(Readers.found(reader));
            int taken = 0;
            int round = 0;
            long end = System.nanoTime() + MOST_NANOS;
            for (; round < ROUNDS && System.nanoTime() < end && broken.size() < 20; round++) {
                taken += read(reader, mutations.of(seeds)) ? 1 : 0;
            }
            counts.add(reader.name() + " " + round + " (" + taken + " read)");
        }
        System.out.println("changed octets: " + String.join(", ", counts));
        assertEquals(List.of(), broken);
    }

    private boolean read(Reader reader, byte[] octets) {
        long begun = System.nanoTime();
        try {
            boolean read = reader.read(octets);
            if (System.nanoTime() - begun > SLOW_NANOS) {
                throw new AssertionError("it took too long");
            }
            return read;
        } catch (AssertionError | OutOfMemoryError | StackOverflowError fault) {
            broken.add(reader.name() + ": " + fault.getMessage() + " "
                    + fault.getClass().getSimpleName() + ": "
                    + Base64.getEncoder().encodeToString(octets));
            return false;
        }
    }
}
