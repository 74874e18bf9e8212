package org.cranny.daemon.shelf;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Caller;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/** Works on a shelf by a plan, and counts what was answered in a mapped file, which takes no system call; to be killed on the way. */
final class KilledShelf {
    static final SystemId SOURCE = new SystemId(new RealmId("0011223344556677"), 50);
    static final int FRAGMENTS = 6;
    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final int ACTS = 60;
    private static final int LONGEST = 200_000;

    private KilledShelf() {}

    /** What is done to a fragment. */
    enum Act {
        PUT,
        TRASH,
        UNTRASH,
        DELETE
    }

    public static void main(String[] arguments) throws Exception {
        Shelf shelf = open(Disk.real(), Path.of(arguments[0]), room());
        Caller caller = caller();
        try (FileChannel file = FileChannel.open(Path.of(arguments[2]), READ, WRITE)) {
            MappedByteBuffer answered = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.BYTES);
            List<Todo> plan = plan(Long.parseLong(arguments[1]));
            for (int at = 0; at < plan.size(); at++) {
                act(shelf, caller, plan.get(at)).ifPresent(refused -> {
                    throw new AssertionError(refused);
                });
                answered.putInt(0, at + 1);
            }
        }
    }

    record Todo(Act act, int fragment) {}

    static List<Todo> plan(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> new Todo(
                        random.nextInt(3) == 0 ? Act.PUT : Act.values()[random.nextInt(Act.values().length)],
                        random.nextInt(FRAGMENTS)))
                .limit(ACTS)
                .toList();
    }

    static Caller caller() throws GeneralSecurityException {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(256);
        return new Caller(SOURCE, curve.generateKeyPair().getPublic());
    }

    /** @return how it was refused; empty when it was done */
    static Optional<StoreOutcome.Refused> act(Shelf shelf, Caller caller, Todo todo) throws IOException {
        byte[] octets = octets(todo.fragment());
        FragmentId id = FragmentHasher.of(octets);
        switch (todo.act()) {
            case PUT -> {
                StoreOutcome outcome = shelf.put(caller, id, octets.length, new ByteArrayInputStream(octets));
                if (outcome instanceof StoreOutcome.Refused refused) {
                    return Optional.of(refused);
                }
            }
            case TRASH -> shelf.trash(SOURCE, id, NOW);
            case UNTRASH -> shelf.untrash(SOURCE, id);
            case DELETE -> shelf.delete(SOURCE, id, NOW);
        }
        return Optional.empty();
    }

    static Room room() {
        return new Room(new Lending(1 << 30, 0, 0), new FakeVolume(1L << 32, 1L << 31));
    }

    static DiskShelf open(Disk disk, Path folder, Room room) throws IOException {
        return new DiskShelf(
                disk,
                new Places(
                        SOURCE.realm(),
                        folder.resolve("fragments"),
                        folder.resolve("incoming"),
                        folder.resolve("damaged"),
                        folder.resolve("trash")),
                room);
    }

    static byte[] octets(int fragment) {
        Random random = new Random(fragment);
        byte[] octets = new byte[1 + random.nextInt(LONGEST)];
        random.nextBytes(octets);
        return octets;
    }
}
