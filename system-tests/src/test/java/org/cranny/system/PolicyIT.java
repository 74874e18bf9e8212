package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Policies from the administrator's keyboard to the files that a snapshot has. */
@LongForm
@ExtendWith(SharesRealm.class)
class PolicyIT {
    private static final Duration MINUTES = Duration.ofMinutes(5);

    private final Realm realm;

    PolicyIT(Realm realm) {
        this.realm = realm;
    }

    @AfterEach
    void forgetTheCompanysPolicy() {
        admin(realm.stranger(), "unset", "company", "default");
    }

    @Test
    void excludesOfTheCompanyHoldInABackupByPolicy() throws IOException {
        Path tree = tree();
        Cranny source = realm.source();
        long number = number(source);
        Claims.done(set(source, "company", "default", "{\"excludes\": [\"*.tmp\"], \"excludeCaches\": true}"));
        Claims.done(set(source, "system", String.valueOf(number), "{\"paths\": [\"" + tree + "\"]}"));
        Claims.done(set(source, "path", number + ":" + tree + "/sub", "{\"excludes\": [\"!wanted.tmp\"]}"));

        Claims.done(source.run("backup", "--policy"));

        String listing = listing(source);
        assertTrue(listing.contains("/kept.txt"), listing);
        assertFalse(listing.contains("/left-out.tmp"), listing);
        assertTrue(listing.contains("/sub/wanted.tmp"), listing);
        assertFalse(listing.contains("/sub/other.tmp"), listing);
        assertTrue(listing.contains("/cache/CACHEDIR.TAG"), listing);
        assertFalse(listing.contains("/cache/big"), listing);

        Claims.done(admin(source, "unset", "company", "default"));
        Claims.done(source.run("backup", "--policy"));
        assertTrue(listing(source).contains("/left-out.tmp"), "what is no longer left out is in the next snapshot");
    }

    @Test
    void aSystemSaysWhatHoldsAndWhenItIsDue() {
        Cranny source = realm.source();
        long number = number(source);
        Claims.done(set(source, "company", "default", "{\"copies\": 2, \"schedule\": {\"times\": [\"0 2 * * *\"]}}"));
        Claims.done(set(source, "group", "early", "{\"schedule\": {\"times\": [\"30 1 * * *\"]}}"));
        Claims.done(admin(source, "labels", String.valueOf(number), "early", "other"));

        JsonObject effective = Cranny.summary(admin(source, "show", String.valueOf(number), "--json"));
        assertEquals(
                "[\"30 1 * * *\"]",
                effective
                        .getJsonObject("policy")
                        .getJsonObject("schedule")
                        .get("times")
                        .toString());
        assertEquals(
                "[\"group early\"]",
                effective.getJsonObject("origins").get("schedule.times").toString());
        assertEquals(
                "[\"company\"]",
                effective.getJsonObject("origins").get("copies").toString());

        List<JsonObject> due = Json.ofType(
                admin(source, "next", String.valueOf(number), "--count", "3", "--json")
                        .output(),
                "due");
        assertEquals(3, due.size());
        assertTrue(due.stream().allMatch(each -> each.getString("due").endsWith("T01:30:00Z")), due.toString());

        JsonObject here = Cranny.summary(source.run("policy", "--json"));
        assertEquals(due.get(0).getString("due"), here.getString("next"));
        Claims.done(source.run("policy"));

        Claims.done(admin(source, "history", "group", "early"));
        Claims.done(admin(source, "list"));
        Claims.done(admin(source, "unset", "group", "early"));
    }

    @Test
    void aSystemHasWhatIsSetForTheGroupOfTheDirectoryThatItsOwnerIsIn() {
        Cranny source = realm.source();
        String number = String.valueOf(number(source));
        Claims.done(
                set(source, "group", "owner", "{\"compression\": {\"codec\": \"lz4\"}, \"retention\": {\"last\": 1}}"));
        try {
            Claims.done(realm.admin(source, "owner", number, "OWNER@example.org"));
            Await.until(
                    "the directory says in which groups the owner is",
                    MINUTES,
                    () -> admin(source, "labels", number).output().contains("in the directory: owner"));
            JsonObject origins =
                    Cranny.summary(admin(source, "show", number, "--json")).getJsonObject("origins");
            assertEquals(
                    "[\"directory group owner\"]",
                    origins.get("compression.codec").toString());
            assertFalse(origins.containsKey("retention.last"), origins.toString());
            JsonObject here = Cranny.summary(source.run("policy", "--json")).getJsonObject("policy");
            assertEquals("lz4", here.getJsonObject("compression").getString("codec"));
        } finally {
            admin(source, "unset", "group", "owner");
        }
    }

    @Test
    void aPolicyThatCannotBeMeantIsOneClearLine() {
        Cranny source = realm.source();
        Claims.refusesInOneLine(
                2,
                set(source, "company", "default", "{\"schedule\": {\"times\": [\"0 2 * * *\", \"noon\"]}}"),
                "schedule.times[1]");
        Claims.refusesInOneLine(2, set(source, "company", "default", "{\"exclude\": []}"), "exclude");
        Claims.refusesInOneLine(2, set(source, "everybody", "default", "{}"), "company, group, system and path");
        Claims.refusesInOneLine(1, set(source, "system", "999999", "{}"), "999999");
    }

    @Test
    void hooksOfAPolicyRunOnlyWhenTheMachineAllowsThem() throws IOException {
        Path tree = tree();
        Cranny source = realm.source();
        long number = number(source);
        Path hooks = Files.createDirectories(source.home().resolve("hooks"));
        Path said = source.home().resolve("said");
        Path hook = Contents.text(
                hooks.resolve("say"), "#!/bin/sh\necho \"$1 $CRANNY_RESULT $CRANNY_EXIT_CODE\" >> " + said + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        String paths = "\"paths\": [\"" + tree + "\"]";
        Claims.done(set(
                source,
                "system",
                String.valueOf(number),
                "{" + paths + ", \"hooks\": {\"pre\": [\"say\", \"begin\"], \"post\": [\"say\", \"end\"]}}"));
        Claims.done(source.run("backup", "--policy"));
        assertEquals("begin  \nend done 0\n", Files.readString(said));

        Claims.done(
                set(source, "system", String.valueOf(number), "{" + paths + ", \"hooks\": {\"pre\": [\"/bin/sh\"]}}"));
        Claims.refusesInOneLine(1, source.run("backup", "--policy"), "/bin/sh", "hooks");
    }

    @Test
    void aScheduleRunsByItselfAndGoesOnWhileCentralIsAway() throws Exception {
        Path tree = tree();
        Cranny source = realm.source();
        long number = number(source);
        Claims.done(set(source, "company", "default", "{\"excludes\": [\"*.tmp\"]}"));
        Claims.done(set(
                source,
                "system",
                String.valueOf(number),
                "{\"paths\": [\"" + tree + "\"], \"schedule\": {\"times\": [\"* * * * *\"]}}"));
        Background agent = Background.start(source.commandLine("agent"));
        try {
            Await.until("the schedule makes a backup", MINUTES, () -> snapshots(source) >= 1);
            assertFalse(listing(source).contains("left-out.tmp"), "excludes of the company hold");
            realm.cluster().killCentral();
            long before = snapshots(source);
            Await.until("the source makes a backup while central is away", MINUTES, () -> snapshots(source) > before);
            realm.cluster().startCentral();
            Await.until("central makes backups again", MINUTES, () -> snapshots(source) > before + 1);
        } finally {
            agent.interrupt();
        }
        List<String> planned = agent.end(MINUTES)
                .output()
                .lines()
                .filter(line -> line.contains(" plan-begins "))
                .map(line -> line.substring(line.indexOf("due=")))
                .toList();
        assertFalse(planned.isEmpty(), "while central was away the agent went by its plan");
        assertEquals(new TreeSet<>(planned).size(), planned.size(), "no planned time is served twice");
    }

    private static long snapshots(Cranny source) {
        return Json.ofType(source.run("snapshots", "--json").output(), "snapshot")
                .size();
    }

    @Test
    void typedRulesHooksAndLimitsHold() throws IOException {
        Path tree = tree();
        Contents.noise(tree.resolve("noise"), 3 << 20, 7);
        Cranny source = realm.source();
        Claims.exits(6, source.run("backup", tree.toString(), "--pre-hook", "sh -c 'exit 3'"));
        assertEquals(0, source.run("snapshots", "--json").output().lines().count(), "nothing was backed up");

        long begun = System.nanoTime();
        Claims.done(source.run("backup", tree.toString(), "--exclude", "*.tmp", "--limit-upload", "500k"));
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertTrue(seconds > 2 * (3 << 20) / 500e3 * 0.9, "two copies of 3 MiB at 500 kB/s took " + seconds + " s");
        assertFalse(listing(source).contains(".tmp"), "patterns hold");
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", "latest", "--target", target.toString(), "--limit-download", "2M"));
        assertTrue(Files.exists(Claims.below(target, tree).resolve("noise")));
    }

    private Path tree() throws IOException {
        Path tree = realm.emptyFolder("tree");
        Contents.text(tree.resolve("kept.txt"), "kept");
        Contents.text(tree.resolve("left-out.tmp"), "left out");
        Files.createDirectories(tree.resolve("sub"));
        Contents.text(tree.resolve("sub/wanted.tmp"), "wanted");
        Contents.text(tree.resolve("sub/other.tmp"), "other");
        Files.createDirectories(tree.resolve("cache"));
        Contents.text(tree.resolve("cache/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n");
        Contents.text(tree.resolve("cache/big"), "big");
        return tree;
    }

    private static String listing(Cranny source) {
        Command.Outcome listing = source.run("ls", "latest", "-R");
        Claims.done(listing);
        return listing.output();
    }

    private static long number(Cranny source) {
        return Cranny.summary(source.run("status", "--json"))
                .getJsonNumber("system")
                .longValue();
    }

    private Command.Outcome set(Cranny source, String scope, String name, String document) {
        Path file = Contents.text(realm.emptyFolder("policy").resolve("policy.json"), document);
        return admin(source, "set", scope, name, file.toString());
    }

    private Command.Outcome admin(Cranny source, String... arguments) {
        List<String> all = new ArrayList<>(List.of("policy"));
        all.addAll(List.of(arguments));
        var central = realm.status().central();
        Path password = Contents.text(realm.emptyFolder("password").resolve("file"), central.password() + "\n");
        all.addAll(List.of(
                "--url", central.url(),
                "--user", central.user(),
                "--password-file", password.toString(),
                "--ca-fingerprint", realm.status().caFingerprint()));
        return source.run("admin", all.toArray(String[]::new));
    }
}
