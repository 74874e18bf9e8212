package org.cranny.protocol.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Octets that a stranger changed: the readers of a module give something, or the exception that their page promises, in
 * little memory and little time. The same for as long as one likes, and guided by what was reached: {@code bin/fuzz},
 * which finds the module's list as a service.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class ReadersContract {
    private static final Path FOUND = Path.of("src/test/resources/readers");
    private static final int ROUNDS = 2_000;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SEED = Long.getLong("cranny.readers.seed", 1);

    private static List<Reader> all;

    private final List<Group> groups;
    private final List<String> broken = new ArrayList<>();

    /** Readers that only their own package sees. */
    public interface Group {
        List<Reader> readers() throws Exception;
    }

    /** @param groups those first whose seeds are made at once */
    protected ReadersContract(Group... groups) {
        this.groups = Arrays.asList(groups);
    }

    @Test
    void everyReaderReadsItsSeedsAndWhatWasFoundAsPromised() throws Exception {
        Set<String> names = new HashSet<>();
        for (Reader reader : all()) {
            assertTrue(names.add(reader.name()), reader.name());
            assertTrue(
                    reader.seeds().stream().anyMatch(reader::read)
                            || reader.refusals().isEmpty(),
                    () -> reader.name() + " reads none of its seeds");
            found(reader).forEach(input -> read(reader, input));
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void anyChangedOctetsAreReadOrRefusedAsPromised() throws Exception {
        List<String> counts = new ArrayList<>();
        for (Reader reader : all()) {
            Mutations mutations = new Mutations(SEED);
            List<byte[]> seeds = new ArrayList<>(reader.seeds());
            seeds.addAll(found(reader));
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

    List<Reader> all() {
        synchronized (ReadersContract.class) {
            if (all == null) {
                all = groups.stream().flatMap(group -> of(group).stream()).toList();
            }
            return all;
        }
    }

    /** Without the seeds of all others. */
    Reader named(String name) {
        return groups.stream()
                .flatMap(group -> of(group).stream())
                .filter(reader -> reader.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Reader> of(Group group) {
        try {
            return group.readers();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Inputs that were found: a folder a reader, a file an input. */
    static List<byte[]> found(Reader reader) throws IOException {
        Path folder = FOUND.resolve(reader.name());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }
}
