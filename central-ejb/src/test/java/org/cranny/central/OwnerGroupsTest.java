package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.cranny.central.log.LogLine;
import org.cranny.central.policy.DirectoryGroups;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.OwnerGroups;
import org.cranny.central.policy.Scope;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of the directory as groups of the systems whose owners are in them, on both databases. */
class OwnerGroupsTest {
    private static final String ANNA = "anna@example.org";
    private static final String BERT = "bert@example.org";

    @TempDir
    Path folder;

    private final Told directory = new Told();

    /** A directory that says what a test wants, and remembers what it was asked. */
    private static final class Told implements DirectoryGroups {
        final Map<String, Set<String>> people = new HashMap<>();
        final Set<String> refused = new HashSet<>();
        final List<Integer> conversations = new ArrayList<>();
        final List<String> asked = new ArrayList<>();
        String awayBefore;

        void knows(String mail, String... groups) {
            people.put(mail, new TreeSet<>(Arrays.asList(groups)));
        }

        /** Closed or gone. */
        void forgets(String mail) {
            people.remove(mail);
        }

        @Override
        public Answer memberships(Collection<String> owners) {
            conversations.add(owners.size());
            Map<String, Optional<Set<String>>> groups = new HashMap<>();
            for (String owner : owners) {
                if (owner.equalsIgnoreCase(awayBefore)) {
                    return new Answer(groups, "SERVER_DOWN");
                }
                asked.add(owner);
                if (!refused.contains(owner)) {
                    groups.put(owner, Optional.ofNullable(people.get(owner.toLowerCase(Locale.ROOT))));
                }
            }
            return new Answer(groups, null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSystemIsInTheGroupsOfItsOwnerBehindItsLabels(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = source(bench, "ws", "Anna@Example.org");
            long other = bench.source("other").id.number();
            set(bench, Scope.COMPANY, "default", "{'copies': 2, 'excludes': ['*.tmp']}");
            set(bench, "sales", "{'copies': 4, 'excludes': ['*.bak'], 'schedule': {'zone': 'Europe/Berlin'}}");
            set(bench, "it.staff", "{'copies': 5}");
            set(bench, "servers", "{'copies': 3}");
            directory.knows(ANNA, "Sales", "sales", "IT Staff", "it.staff", "cn=x,dc=y", "", "SERVERS", "\u212aelvin");
            ask(bench);

            Effective effective = bench.central.policies.effective(ws);
            assertEquals(List.of(), effective.labels());
            assertEquals(List.of("it.staff", "sales", "servers"), effective.directoryGroups());
            assertEquals(5, effective.policy().copies(), "the first one wins");
            assertEquals(
                    List.of("directory group it.staff"), effective.origins().get("copies"));
            assertEquals(
                    List.of("company", "directory group sales"),
                    effective.origins().get("excludes"));
            assertEquals(List.of("*.tmp", "*.bak"), effective.policy().excludes());

            bench.central.labels.set("admin", ws, List.of("servers"));
            effective = bench.central.policies.effective(ws);
            assertEquals(List.of("it.staff", "sales"), effective.directoryGroups());
            assertEquals(3, effective.policy().copies(), "labels win");
            assertEquals(List.of("group servers"), effective.origins().get("copies"));
            assertEquals("Europe/Berlin", effective.policy().schedule().zone());
            assertEquals(
                    3,
                    bench.central
                            .policies
                            .inherited(Scope.SYSTEM, String.valueOf(ws))
                            .policy()
                            .copies());
            assertEquals(
                    List.of("directory group sales"),
                    bench.central
                            .policies
                            .inherited(Scope.PATH, ws + ":/home")
                            .origins()
                            .get("schedule.zone"));
            assertEquals(2, bench.central.policies.effective(other).policy().copies());
            assertEquals(List.of(), bench.central.policies.effective(other).directoryGroups());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGroupOfTheDirectoryNeverDecidesForHowLongSnapshotsAreKept(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = source(bench, "ws", ANNA);
            set(bench, Scope.COMPANY, "default", "{'retention': {'daily': 30}}");
            set(bench, "sales", "{'copies': 4, 'retention': {'daily': 1, 'last': 1}}");
            directory.knows(ANNA, "sales");
            ask(bench);
            Effective effective = bench.central.policies.effective(ws);
            assertEquals(4, effective.policy().copies());
            assertEquals(30, effective.policy().retention().daily());
            assertNull(effective.policy().retention().last());
            assertEquals(List.of("company"), effective.origins().get("retention.daily"));
            assertFalse(effective.origins().containsKey("retention.last"));

            long before = told(bench).size();
            set(bench, "sales", "{'copies': 4, 'retention': {'daily': 2}}");
            assertEquals(before, told(bench).size(), "it touches no owner");
            assertEquals(
                    30,
                    bench.central
                            .policies
                            .inherited(Scope.SYSTEM, String.valueOf(ws))
                            .policy()
                            .retention()
                            .daily());

            bench.central.labels.set("admin", ws, List.of("sales"));
            assertEquals(
                    2, bench.central.policies.effective(ws).policy().retention().daily(), "a label does");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangeIsToldAndLoggedOnceAndMovesDueTimes(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = source(bench, "ws", ANNA);
            set(bench, "sales", "{'schedule': {'times': ['0 14 * * *']}}");
            bench.central.schedules.look();
            bench.central.policyNews.clear();
            directory.knows(ANNA, "sales");
            ask(bench);
            ask(bench);
            assertEquals(1, bench.central.policyNews.size());
            assertEquals(List.of(ws), bench.central.policyNews.get(0).systems());
            List<LogLine> lines = logged(bench, "directory-groups");
            assertEquals(1, lines.size());
            assertEquals("central", lines.get(0).actor());
            assertEquals("system " + ws, lines.get(0).subject());
            assertEquals("[] became [sales]", lines.get(0).detail());

            bench.central.schedules.look();
            bench.clock.advance(Duration.ofHours(2));
            assertEquals(1, bench.central.schedules.look());
            set(bench, "sales", "{'schedule': {'times': ['30 14 * * *']}}");
            assertEquals(List.of(ws), bench.central.policyNews.get(1).systems());
            bench.central.schedules.look();
            bench.clock.advance(Duration.ofMinutes(30));
            assertEquals(1, bench.central.schedules.look());

            directory.knows(ANNA);
            ask(bench);
            assertEquals(List.of(), groups(bench, ws));
            bench.clock.advance(Duration.ofDays(1));
            assertEquals(0, bench.central.schedules.look());
        }
    }

    @ParameterizedTest
    @EnumSource
    void groupsStayWithoutAnAccountAndGoWithAnotherOwner(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = source(bench, "ws", ANNA);
            directory.knows(ANNA, "sales", "shared");
            directory.knows(BERT, "finance", "shared");
            ask(bench);
            directory.forgets(ANNA);
            ask(bench);
            assertEquals(List.of("sales", "shared"), groups(bench, ws), "a closed account changes nothing");

            bench.central.systems.giveTo(ws, BERT, "admin");
            assertEquals(List.of("sales", "shared"), groups(bench, ws), "until the directory is asked");
            ask(bench);
            assertEquals(List.of("finance", "shared"), groups(bench, ws));
            assertEquals(
                    "[sales, shared] became [finance, shared]",
                    logged(bench, "directory-groups").get(0).detail());

            bench.central.systems.giveTo(ws, ANNA, "admin");
            ask(bench);
            assertEquals(List.of(), groups(bench, ws), "what was the former owner's is not theirs");

            bench.central.systems.giveTo(ws, BERT, "admin");
            ask(bench);
            bench.central.policyNews.clear();
            bench.central.systems.giveTo(ws, null, "admin");
            assertEquals(List.of(), groups(bench, ws), "nobody is in no group");
            assertEquals(1, bench.central.policyNews.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherOwnerInTheSameGroupsChangesNothingAndTheyAreTheirsFromThenOn(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = source(bench, "ws", ANNA);
            directory.knows(ANNA, "sales");
            directory.knows(BERT, "sales");
            ask(bench);
            bench.central.systems.giveTo(ws, BERT, "admin");
            ask(bench);
            assertEquals(1, logged(bench, "directory-groups").size());
            directory.forgets(BERT);
            bench.central.systems.giveTo(ws, "BERT@example.org", "admin");
            ask(bench);
            assertEquals(List.of("sales"), groups(bench, ws), "the same person in another spelling");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasKnownStaysWhileTheDirectoryIsAwayWhichIsSaidOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder);
                Lines lines = new Lines()) {
            long first = source(bench, "first", ANNA);
            long second = source(bench, "second", BERT);
            directory.knows(ANNA, "sales");
            directory.knows(BERT, "finance");
            ask(bench);
            directory.awayBefore = BERT;
            directory.knows(ANNA, "marketing");
            bench.central.systems.giveTo(second, "Bert@Example.org", "admin");
            ask(bench);
            ask(bench);
            assertEquals(List.of("marketing"), groups(bench, first), "what it said before it went counts");
            assertEquals(List.of("finance"), groups(bench, second));
            assertEquals(1, lines.text.size());
            assertTrue(lines.text.get(0).contains("SERVER_DOWN"), lines.text.get(0));

            bench.central.systems.giveTo(second, "carl@example.org", "admin");
            directory.awayBefore = "carl@example.org";
            ask(bench);
            assertEquals(List.of("finance"), groups(bench, second), "nobody could say what the new owner's are");
            directory.awayBefore = null;
            ask(bench);
            assertEquals(List.of(), groups(bench, second));
            assertEquals(2, lines.text.size());
            directory.awayBefore = ANNA;
            ask(bench);
            assertEquals(3, lines.text.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoCannotBeAskedAboutStandsBeforeNobody(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long first = source(bench, "first", ANNA);
            long second = source(bench, "second", BERT);
            directory.knows(ANNA, "sales");
            directory.knows(BERT, "finance");
            ask(bench);
            directory.refused.add(ANNA);
            directory.knows(BERT, "marketing");
            ask(bench);
            assertEquals(List.of("sales"), groups(bench, first));
            assertEquals(List.of("marketing"), groups(bench, second));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiftyGroupsCountTogetherWithLabelsAndThoseWithAPolicyFirst(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = source(bench, "ws", ANNA);
            set(bench, "z", "{'copies': 5}");
            String[] many =
                    IntStream.range(0, 60).mapToObj(i -> "g" + (100 + i)).toArray(String[]::new);
            directory.knows(ANNA, many);
            directory.people.get(ANNA).add("z");
            ask(bench);
            List<String> fifty = groups(bench, ws);
            assertEquals(50, fifty.size());
            assertEquals("g100", fifty.get(0));
            assertEquals("g148", fifty.get(48));
            assertEquals("z", fifty.get(49));
            assertEquals(5, bench.central.policies.effective(ws).policy().copies());

            List<String> labels = new ArrayList<>(List.of(many).subList(0, 40));
            labels.add("own");
            bench.central.labels.set("admin", ws, labels);
            assertEquals(9, groups(bench, ws).size());
            assertTrue(groups(bench, ws).contains("z"));
            labels.addAll(List.of(many).subList(40, 49));
            bench.central.labels.set("admin", ws, labels);
            assertEquals(List.of(), groups(bench, ws));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOwnerIsAskedAboutOnceHoweverManyMachinesAreTheirs(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            List<Long> hers = new ArrayList<>();
            for (int i = 0; i < 102; i++) {
                hers.add(source(bench, "ws" + i, i % 2 == 0 ? ANNA : "ANNA@example.org"));
            }
            long his = source(bench, "his", BERT);
            long out = source(bench, "out", "carl@example.org");
            bench.central.systems.revoke(out, "admin", "lost");
            directory.knows(ANNA, "sales");
            directory.knows(BERT, "finance");
            ask(bench);
            assertEquals(List.of(ANNA, BERT), directory.asked);
            assertEquals(List.of(1, 1), directory.conversations);
            for (long each : hers) {
                assertEquals(List.of("sales"), groups(bench, each));
            }
            assertEquals(List.of("finance"), groups(bench, his));
            directory.forgets(ANNA);
            ask(bench);
            assertEquals(List.of("sales"), groups(bench, hers.get(101)));
            assertEquals(103, logged(bench, "directory-groups").size());
        }
    }

    /** What the server's log says of this. */
    private static final class Lines extends Handler implements AutoCloseable {
        final List<String> text = new ArrayList<>();
        private final Logger logger = Logger.getLogger(OwnerGroups.class.getName());

        Lines() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            text.add(line.getMessage() + " " + Arrays.toString(line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    private void ask(Bench bench) {
        bench.central.ownerGroups.ask(directory);
    }

    private static long source(Bench bench, String name, String owner) {
        long number = bench.source(name).id.number();
        bench.central.systems.giveTo(number, owner, "admin");
        return number;
    }

    private static List<String> groups(Bench bench, long system) {
        return bench.central.policies.effective(system).directoryGroups();
    }

    private static List<LogLine> told(Bench bench) {
        return logged(bench, "owner told");
    }

    private static List<LogLine> logged(Bench bench, String action) {
        return bench.central.log.newest(1_000).stream()
                .filter(line -> line.action().equals(action))
                .toList();
    }

    private static void set(Bench bench, String group, String document) {
        set(bench, Scope.GROUP, group, document);
    }

    private static void set(Bench bench, Scope scope, String name, String document) {
        bench.central.policies.set(
                "admin",
                scope,
                name,
                Json.createReader(new StringReader(document.replace('\'', '"'))).readObject());
    }
}
