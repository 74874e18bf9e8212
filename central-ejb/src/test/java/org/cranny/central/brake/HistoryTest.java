package org.cranny.central.brake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cranny.central.brake.History.Received;
import org.cranny.central.brake.History.Span;
import org.cranny.central.brake.History.Starts;
import org.junit.jupiter.api.Test;

/** What is a jump and what is not, over years of days. */
class HistoryTest {
    private static final long MIB = 1 << 20;
    private static final long FLOOR = 16 * MIB;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** A machine with a gibibyte of files that compress to a half, in packs of 16 MiB. */
    private static final class Machine {
        final List<Received> received = new ArrayList<>();
        final List<Span> packs = new ArrayList<>();
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        Starts starts = new Starts(0, 0);
        String selection = "all";
        long files = 1_024 * MIB;
        long due;

        Machine() {
            assertEquals(Optional.empty(), commit(512, 0, 1_024 * MIB, 512 * MIB));
        }

        long version() {
            return received.size();
        }

        long kept() {
            return packs.stream().filter(each -> each.to() == History.KEPT).count();
        }

        /**
         * After so long, what a commit is judged to be.
         *
         * @param added MiB of packs
         * @param removed MiB of packs, the oldest ones
         */
        Optional<String> after(Duration time, long added, long removed) {
            return after(time, added, removed, 2 * added * MIB, added * MIB);
        }

        Optional<String> after(Duration time, long added, long removed, long plain, long stored) {
            now = now.plus(time);
            return commit(added, removed, plain, stored);
        }

        private Optional<String> commit(long added, long removed, long plain, long stored) {
            long version = version() + 1;
            packs.removeIf(each -> each.to() < version - 40);
            long left = removed;
            for (int i = 0; i < packs.size() && left > 0; i++) {
                Span pack = packs.get(i);
                if (pack.to() == History.KEPT) {
                    packs.set(i, new Span(pack.from(), version, pack.bytes()));
                    left--;
                }
            }
            for (int i = 0; i < added; i++) {
                packs.add(new Span(version, History.KEPT, MIB));
            }
            Received judged = new Received(version, now.toEpochMilli(), files, selection, null, plain, stored);
            List<Received> newestFirst = new ArrayList<>(received);
            newestFirst.add(0, judged);
            History history = new History(
                    newestFirst,
                    after -> packs.stream().filter(each -> each.to() > after).toList(),
                    starts);
            Optional<Jump.Day> day = history.base().map(base -> history.day());
            received.add(
                    0,
                    new Received(
                            version,
                            now.toEpochMilli(),
                            files,
                            selection,
                            day.map(Jump.Day::shares).orElse(null),
                            plain,
                            stored));
            return Brakes.seen(history, day, () -> due, FLOOR);
        }
    }

    private static void normal(Machine machine, int days) {
        for (int day = 0; day < days; day++) {
            assertEquals(Optional.empty(), machine.after(DAY, 5, 5));
        }
    }

    @Test
    void sixtyMachinesLiveAYearWithoutAnAlarm() {
        int commits = 0;
        int alarms = 0;
        for (int number = 0; number < 60; number++) {
            Random random = new Random(number);
            Machine machine = new Machine();
            for (int day = 1; day <= 365; day++) {
                if (day % 7 < 2) {
                    machine.now = machine.now.plus(DAY);
                    continue;
                }
                long all = machine.kept();
                long changed = random.nextInt((int) all * 3 / 100 + 1);
                boolean upgrade = random.nextInt(100) == 0;
                boolean photos = random.nextInt(100) == 0 && all < 1_500;
                boolean tidy = random.nextInt(50) == 0;
                long added = photos ? all * 80 / 100 : upgrade ? all * 35 / 100 : changed;
                long removed = photos ? 0 : tidy && !upgrade ? all * 15 / 100 + changed : added;
                long usual = machine.files / all;
                long plain = added * (photos ? MIB : usual);
                machine.files += plain - removed * usual;
                Optional<String> alarm = machine.after(DAY, added, removed, plain, added * MIB);
                alarms += alarm.isPresent() ? 1 : 0;
                commits++;
            }
        }
        System.out.println("false alarms: " + alarms + " of " + commits + " commits, 60 machines, a year");
        assertEquals(0, alarms);
    }

    @Test
    void dumpsBesideFilesAreUsualAfterThreeDays() {
        Machine machine = new Machine();
        normal(machine, 10);
        int before = 0;
        int afterwards = 0;
        for (int day = 0; day < 60; day++) {
            boolean dump = machine.after(HOUR.multipliedBy(12), 512, 512).isPresent();
            boolean files = machine.after(HOUR.multipliedBy(12), 512, 512).isPresent();
            before += (dump || files) && day < 4 ? 1 : 0;
            afterwards += (dump || files) && day >= 4 ? 1 : 0;
            if (day == 3) {
                machine.starts = new Starts(machine.now.toEpochMilli(), 0);
            }
        }
        assertTrue(before > 0);
        assertEquals(0, afterwards);
    }

    @Test
    void allAtOnceAndInHourlyStepsAreSeen() {
        Machine atOnce = new Machine();
        normal(atOnce, 40);
        assertTrue(atOnce.after(DAY, 512, 512).orElse("").contains("needed no more"));

        Machine inSteps = new Machine();
        normal(inSteps, 40);
        int hours = 1;
        while (inSteps.after(HOUR, 25, 25).isEmpty()) {
            hours++;
        }
        System.out.println("a twentieth an hour is seen after " + hours + " hours");
        assertTrue(hours <= 12);
    }

    @Test
    void aMachineThatAddsAndNeverRemovesIsSeen() {
        Machine machine = new Machine();
        normal(machine, 10);
        assertTrue(machine.after(DAY, 1_200, 0, 0, 0).orElse("").startsWith("what is new"));
    }

    @Test
    void whatPeopleAcceptedIsNoJumpAgain() {
        Machine machine = new Machine();
        normal(machine, 10);
        assertTrue(machine.after(DAY, 512, 512).isPresent());
        machine.now = machine.now.plus(HOUR);
        machine.starts = new Starts(machine.now.toEpochMilli(), 0);
        assertEquals(Optional.empty(), machine.after(HOUR, 5, 5));
        assertTrue(machine.after(HOUR, 512, 512).isPresent());
    }

    @Test
    void onlyTheFirstBackupWithNewKeysIsExplainedByThem() {
        Machine machine = new Machine();
        normal(machine, 10);
        machine.starts = new Starts(0, machine.now.plus(HOUR).toEpochMilli());
        assertEquals(Optional.empty(), machine.after(DAY, 520, 512));
        assertEquals(Optional.empty(), machine.after(HOUR, 5, 5));
        assertTrue(machine.after(HOUR, 520, 520).isPresent());
        normal(machine, 3);
        assertTrue(machine.after(DAY, 512, 512).isPresent());
    }

    @Test
    void aChangedPolicyExplainsWhatGoesOrComesAndNothingThatIsReplaced() {
        Machine fewer = new Machine();
        normal(fewer, 10);
        fewer.selection = "without videos";
        assertEquals(Optional.empty(), fewer.after(DAY, 5, 5));
        assertEquals(Optional.empty(), fewer.after(HOUR, 5, 400));

        Machine more = new Machine();
        normal(more, 10);
        more.selection = "with videos";
        more.files += 1_600 * MIB;
        assertEquals(Optional.empty(), more.after(DAY, 1_600, 5, 1_600 * MIB, 1_600 * MIB));

        Machine replaced = new Machine();
        normal(replaced, 10);
        replaced.selection = "without videos";
        assertTrue(replaced.after(DAY, 300, 400).isPresent());

        Machine later = new Machine();
        normal(later, 10);
        later.selection = "without videos";
        normal(later, 3);
        assertTrue(later.after(DAY, 5, 400).isPresent());
    }

    @Test
    void whatDoesNotCompressAnyMoreIsSeenSooner() {
        Machine machine = new Machine();
        normal(machine, 10);
        long third = 340 * MIB;
        assertEquals(Optional.empty(), machine.after(DAY, 100, 0, third, third / 2));
        assertTrue(machine.after(DAY.multipliedBy(2), 100, 0, third, third)
                .orElse("")
                .contains("compress"));

        Machine photos = new Machine();
        for (int day = 0; day < 10; day++) {
            assertEquals(Optional.empty(), photos.after(DAY, 10, 10, 20 * MIB, 20 * MIB));
        }
        assertEquals(Optional.empty(), photos.after(DAY, 100, 0, third, third));
    }

    @Test
    void packsOfWhichSomethingIsStillNeededHideNothing() {
        Machine machine = new Machine();
        normal(machine, 10);
        assertTrue(machine.after(DAY, 300, 0, 600 * MIB, 300 * MIB).orElse("").contains("replaced"));
    }

    @Test
    void aFloodIsSeenUnlessThePolicyAskedForIt() {
        Machine flood = new Machine();
        normal(flood, 10);
        int commits = 1;
        flood.now = flood.now.plus(DAY);
        while (flood.after(Duration.ofMinutes(1), 0, 0).isEmpty()) {
            commits++;
        }
        assertEquals(Jump.MOST_IN_A_DAY, commits);

        Machine asked = new Machine();
        normal(asked, 10);
        asked.due = 96;
        for (int quarter = 0; quarter < 500; quarter++) {
            assertEquals(Optional.empty(), asked.after(Duration.ofMinutes(15), 0, 0));
        }
    }

    @Test
    void aFirstDayIsNotJudged() {
        Machine machine = new Machine();
        for (int i = 0; i < 40; i++) {
            assertEquals(Optional.empty(), machine.after(Duration.ofMinutes(30), 512, 512));
        }
    }
}
