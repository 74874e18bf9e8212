package org.cranny.daemon.shelf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.KilledJvm.Seen;
import org.cranny.protocol.kill.KilledJvm.Whole;
import org.cranny.protocol.kill.Kills;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shelf whose process is killed with SIGKILL at its system calls: what it answered holds, what it was doing is done or
 * not, and nothing has a name and other octets.
 */
class KillsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");

    @TempDir
    private Path folder;

    /** Where an act may stop. */
    private enum Step {
        PART_WRITTEN,
        PART_FORCED,
        NAMED,
        NAME_FORCED,
        INTO_THE_TRASH_OR_BACK,
        DELETED,
        KEY_OF_THE_SOURCE;

        static Optional<Step> of(Seen seen) {
            String call = seen.point().call();
            String path = seen.path();
            if (path.contains("/shelf/incoming/")) {
                return Optional.of(
                        switch (call) {
                            case "fsync" -> PART_FORCED;
                            case "rename", "unlink" -> NAMED;
                            default -> PART_WRITTEN;
                        });
            }
            if (path.contains("/shelf/trash")) {
                return Optional.of(call.equals("unlink") ? DELETED : INTO_THE_TRASH_OR_BACK);
            }
            if (path.contains("/key")) {
                return Optional.of(KEY_OF_THE_SOURCE);
            }
            if (path.contains("/shelf/")) {
                return Optional.of(call.equals("rename") ? INTO_THE_TRASH_OR_BACK : NAME_FORCED);
            }
            return Optional.empty();
        }
    }

    private final Random random = new Random(Long.getLong("cranny.kills.seed", 1));
    private final Kills<Step> kills = new Kills<>(
            Step.class,
            Step::of,
            Integer.getInteger("cranny.kills", LONG ? 1_000 : 5),
            Integer.getInteger("cranny.kills.each", LONG ? 50 : 0),
            random);
    private Path answered;
    private long seed;
    private ShelfInMind mind;

    @Test
    void whatWasAnsweredHoldsWhereverTheDaemonDies() throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        folder = folder.toRealPath();
        Files.createDirectory(folder.resolve("jvm"));
        answered = Files.write(folder.resolve("answered"), new byte[Integer.BYTES]);
        mind = new ShelfInMind(folder.resolve("shelf"));
        Whole whole = jvm().live();
        follow();
        kills.learn(whole.points());
        while (!kills.enough()) {
            kills.count(jvm().dieAt(kills.aim()));
            follow();
        }
        System.out.println("a daemon: " + kills);
    }

    private KilledJvm jvm() throws IOException {
        seed = random.nextLong();
        Files.write(answered, new byte[Integer.BYTES]);
        return new KilledJvm(
                folder.resolve("jvm"),
                List.of(),
                KilledShelf.class,
                List.of(folder.resolve("shelf").toString(), Long.toString(seed), answered.toString()));
    }

    private void follow() throws IOException {
        mind.follow(seed, ByteBuffer.wrap(Files.readAllBytes(answered)).getInt());
    }
}
