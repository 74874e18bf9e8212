package org.cranny.daemon.reclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Settings;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.heartbeat.LendingTerms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner lends less and takes room back while the daemon runs. */
class ReclaimTest {
    private static final long GIB = 1L << 30;
    private static final PrintStream SCREEN = System.out;
    private static final PrintStream COMPLAINTS = System.err;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private Home home;
    private Room room;
    private Lent lent;

    @BeforeEach
    void lendTwentyAndKeepEight() throws IOException {
        home = new Home(folder);
        new Settings("nas", "https://10.0.0.7:9443", null, "20G", "10%").store(home);
        room = new Room(Lending.parse("20G", "10%"), new FakeVolume(100 * GIB, 80 * GIB));
        for (int i = 0; i < 8; i++) {
            room.found(GIB);
        }
        lent = new Lent(home, room);
        assertFalse(lent.look());
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBackTheScreen() {
        System.setOut(SCREEN);
        System.setErr(COMPLAINTS);
    }

    private int run(String... words) throws InterruptedException {
        String[] all = new String[words.length + 2];
        all[0] = words[0];
        all[1] = "--home";
        all[2] = folder.toString();
        System.arraycopy(words, 1, all, 3, words.length - 1);
        return Reclaim.run(all);
    }

    @Test
    void takesBackThatMuchOfWhatIsKept() throws Exception {
        assertEquals(0, run("reclaim", "3G"));
        assertTrue(lent.look(), "central is to hear of it");
        assertEquals(3 * GIB, room.overBytes());
        assertEquals(0, room.capacity().availableBytes());
        assertTrue(room.reserve(1).isEmpty(), "nothing new is taken");
        assertEquals("10%", Settings.load(home).keepFree());

        assertFalse(lent.look());
        room.lost(GIB);
        assertTrue(lent.look(), "some of it is gone");
        assertEquals(2 * GIB, Space.read(home).overBytes());

        assertEquals(0, run("reclaim", "1G"));
        lent.look();
        assertEquals(3 * GIB, room.overBytes(), "what is wanted back already is not counted twice");

        assertEquals(0, run("reclaim", "900G"));
        lent.look();
        assertEquals(7 * GIB, room.overBytes(), "no more than there is");
    }

    @Test
    void lendsMoreAgain() throws Exception {
        run("reclaim", "3G");
        lent.look();
        assertEquals(0, run("lend", "--quota", "all", "--keep-free", "5G"));
        assertTrue(lent.look());
        assertEquals(0, room.overBytes());
        assertEquals(75 * GIB, room.capacity().availableBytes());
        out.reset();
        assertEquals(0, run("lend"));
        assertEquals(
                "8.6 GB of 107.4 GB lent are kept for others, in 8 fragments. 80.5 GB more would fit.\n"
                        + "All room is lent; 5G of the disk stay free for you.\n",
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void lendsAShareOfTheDisk() throws Exception {
        assertEquals(0, run("lend", "40%"));
        assertTrue(lent.look());
        assertEquals(40 * GIB, room.capacity().quotaBytes());
        assertEquals(32 * GIB, room.capacity().availableBytes());
        assertEquals(0, run("lend", "4%"));
        lent.look();
        assertEquals(4 * GIB, room.overBytes());
        assertEquals(0, run("reclaim", "1G"));
        lent.look();
        assertEquals(5 * GIB, room.overBytes());
    }

    @Test
    void lendsLessWhenCentralSaysSoAndNeverMore() throws Exception {
        lent.limit(new LendingLimit(1, 5 * GIB, null, null, null));
        assertEquals(3 * GIB, room.overBytes());
        assertTrue(lent.look(), "central is to hear that it is followed");
        assertFalse(lent.look());
        assertEquals(new LendingTerms(1, 20 * GIB, 10 * GIB), lent.terms());

        lent.limit(new LendingLimit(2, 90 * GIB, 100.0, 0L, 0.0));
        assertEquals(20 * GIB, room.capacity().quotaBytes(), "no more than was said at the machine");
        assertEquals(10 * GIB, lent.terms().keepFreeBytes(), "and no less free");

        lent.limit(new LendingLimit(3, null, 15.0, 30 * GIB, null));
        assertEquals(15 * GIB, room.capacity().quotaBytes());
        assertEquals(new LendingTerms(3, 20 * GIB, 30 * GIB), lent.terms());

        lent.limit(new LendingLimit(4, null, null, null, null));
        assertEquals(20 * GIB, room.capacity().quotaBytes(), "as was said at the machine");
    }

    @Test
    void keepsToCentralsLimitOverARestartAndWhenItsOwnChanges() throws Exception {
        lent.limit(new LendingLimit(7, 5 * GIB, null, null, null));
        assertEquals(5 * GIB, Lent.begin(home, Settings.load(home)).capacity().quotaBytes());
        Lent again = new Lent(home, room);
        assertEquals(7, again.terms().limit());
        again.limit(null);
        assertEquals(7, again.terms().limit(), "a central that says nothing changes nothing");

        assertEquals(0, run("lend", "30G"));
        again.look();
        assertEquals(5 * GIB, room.capacity().quotaBytes());
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("At central was asked for: at most 5.4 GB"),
                out::toString);
        assertEquals(0, run("lend", "2G"));
        again.look();
        assertEquals(2 * GIB, room.capacity().quotaBytes());
    }

    @Test
    void followsNoLimitThatIsNone() throws Exception {
        lent.limit(new LendingLimit(1, -1L, null, null, null));
        lent.limit(new LendingLimit(1, null, 101.0, null, null));
        lent.limit(new LendingLimit(0, 1L, null, null, null));
        assertEquals(0, lent.terms().limit());
        assertEquals(20 * GIB, room.capacity().quotaBytes());
    }

    @Test
    void refusesWhatIsNoSizeAndChangesNothing() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("daemon.properties"));
        assertEquals(2, run("reclaim", "much"));
        assertEquals(2, run("reclaim"));
        assertEquals(2, run("lend", "--quota", "much"));
        assertEquals(2, run("lend", "--keep-free", "101%"));
        assertEquals(2, run("lend", "--size", "1G"));
        assertEquals(2, run("lend", "1G", "--quota", "1G"));
        assertEquals(2, run("lend", "101%"));
        assertEquals(new String(before), Files.readString(folder.resolve("daemon.properties")));
        assertEquals(7, complaints.toString(StandardCharsets.UTF_8).lines().count(), complaints::toString);
    }

    @Test
    void goesOnWithWhatWasLentWhenTheFileCannotBeRead() throws Exception {
        Files.writeString(folder.resolve("daemon.properties"), "name=nas\nquota=much\nkeep-free=10%\n");
        assertFalse(lent.look());
        assertEquals(0, room.overBytes());
        assertEquals(20 * GIB, room.capacity().quotaBytes());
    }

    @Test
    void saysWhatIsMissingWhereNoDaemonRanYet() throws Exception {
        Files.delete(home.state(Space.FILE));
        assertEquals(1, run("reclaim", "1G"));
        assertEquals(1, run("lend"));
        Files.delete(folder.resolve("daemon.properties"));
        assertEquals(1, run("lend"));
        assertTrue(complaints.toString(StandardCharsets.UTF_8).contains("start the daemon"), complaints::toString);
        assertTrue(
                complaints.toString(StandardCharsets.UTF_8).contains("enroll this machine first"),
                complaints::toString);
    }

    @Test
    void foretellsTheEndByWhatWentSoFar() {
        Instant began = Instant.ofEpochSecond(1_000);
        assertEquals(Optional.empty(), Reclaim.end(began, began.plusSeconds(9), 0, GIB));
        assertEquals(
                Optional.of(Instant.ofEpochSecond(1_040)), Reclaim.end(began, began.plusSeconds(10), GIB, 3 * GIB));
    }
}
