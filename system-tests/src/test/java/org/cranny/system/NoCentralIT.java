package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No central runs here, nor ever did: a passphrase, two hosts and files that people carry are the whole realm. */
class NoCentralIT {
    private static HandMadeRealm realm;

    @BeforeAll
    static void makeRealm() throws IOException {
        realm = new HandMadeRealm("nocentral", 2);
    }

    @AfterAll
    static void leaveRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void backsUpChecksAndRestoresByteForByte() throws IOException {
        Path tree = realm.folder("tree-a");
        Contents.noise(tree.resolve("noise"), 3 << 20, 5);
        Contents.text(tree.resolve("text"), "version 1");
        Cranny source = realm.source("source-a");
        JsonObject first = source.summaryOf(List.of(0), "backup", tree.toString());
        assertTrue(first.getBoolean("committed"), first::toString);
        Contents.text(tree.resolve("text"), "version 2");
        JsonObject second = source.summaryOf(List.of(0), "backup", tree.toString());
        assertEquals(2, second.getInt("version"));
        assertEquals(2, second.getInt("copies"));
        assertTrue(second.getJsonNumber("storedBytes").longValue() < 1 << 20, second::toString);

        Claims.done(source.run("check", "--read-data"));
        Path target = realm.folder("restored-a");
        Claims.done(source.run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void bringsEverythingBackFromAKitWhenTheMachineIsGone() throws IOException {
        Path tree = realm.folder("tree-b");
        Contents.noise(tree.resolve("noise"), 3 << 20, 6);
        Contents.text(tree.resolve("text"), "only once");
        Cranny source = realm.source("source-b");
        String snapshot =
                source.summaryOf(List.of(0), "backup", tree.toString()).getString("snapshot");
        Path kit = realm.folder("elsewhere").resolve("source-b.kit");
        Claims.done(source.run("kit", "create", kit.toString(), "--passphrase-file", realm.secret()));
        realm.forget(source.home());

        String head = new String(Files.readAllBytes(kit), StandardCharsets.ISO_8859_1).substring(0, 400);
        assertTrue(head.startsWith("CRANNY RECOVERY KIT 1\n"), head);
        Cranny replacement = realm.stranger("replacement-b");
        Path wrong = Files.writeString(realm.folder("elsewhere").resolve("wrong"), "not the passphrase\n");
        Path target = realm.folder("restored-b");
        Command.Outcome refused = restore(replacement, kit, wrong.toString(), target);
        assertNotEquals(0, refused.exit());
        assertTrue(refused.errors().contains("passphrase"), refused.errors());
        assertFalse(replacement.enrolled());

        Claims.done(restore(replacement, kit, realm.secret(), target));
        Claims.restoredEqual(tree, target);
        Contents.text(tree.resolve("text"), "and once more");
        JsonObject next = replacement.summaryOf(List.of(0), "backup", tree.toString());
        assertEquals(2, next.getInt("version"));
        assertNotEquals(snapshot, next.getString("snapshot"));
        assertTrue(next.getJsonNumber("storedBytes").longValue() < 1 << 20, next::toString);
        Claims.done(replacement.run("check"));
    }

    private static Command.Outcome restore(Cranny replacement, Path kit, String passphrase, Path target) {
        return replacement.run(
                "kit", "restore", kit.toString(), "--passphrase-file", passphrase, "--target", target.toString());
    }

    @Test
    @LongForm
    void aKitFindsBackupsThatAreNewerThanItself() throws IOException {
        Path tree = realm.folder("tree-d");
        Contents.noise(tree.resolve("january"), 1 << 20, 7);
        Cranny source = realm.source("source-d");
        source.summaryOf(List.of(0), "backup", tree.toString());
        Path kit = realm.folder("elsewhere").resolve("source-d.kit");
        Claims.done(source.run("kit", "create", kit.toString(), "--passphrase-file", realm.secret()));
        Contents.noise(tree.resolve("may"), 1 << 20, 8);
        source.summaryOf(List.of(0), "backup", tree.toString());
        Contents.noise(tree.resolve("june"), 1 << 20, 9);
        String newest = source.summaryOf(List.of(0), "backup", tree.toString()).getString("snapshot");
        realm.forget(source.home());

        Cranny replacement = realm.stranger("replacement-d");
        Path target = realm.folder("restored-d");
        Command.Outcome restored = restore(replacement, kit, realm.secret(), target);
        Claims.done(restored);
        assertTrue(restored.output().contains(newest.substring(0, 8)), restored.output());
        Claims.restoredEqual(tree, target);
        JsonObject next = replacement.summaryOf(List.of(0), "backup", tree.toString());
        assertEquals(4, next.getInt("version"));
        assertTrue(next.getJsonNumber("storedBytes").longValue() < 1 << 20, next::toString);
        Claims.done(replacement.run("check"));
    }

    @Test
    @LongForm
    void aSourceForgetsWhereItsKeeperLetsItAndThereAlone() throws IOException {
        Path tree = realm.folder("tree-e");
        Cranny source = realm.source("source-e", "--may-forget");
        twoBackups(source, tree);
        JsonObject plan = source.summaryOf(List.of(0), "forget", "--keep-last", "1");
        assertFalse(plan.getBoolean("done"), plan::toString);
        JsonObject forgotten = source.summaryOf(List.of(0), "forget", "--keep-last", "1", "--yes");
        assertEquals(1, forgotten.getInt("forgotten"));
        assertEquals(0, forgotten.getInt("givenUp"));
        age(source, 31);
        JsonObject marked = source.summaryOf(List.of(0), "forget", "--yes");
        assertEquals(1, marked.getInt("givenUp"));
        assertTrue(marked.getInt("marked") > 0, marked::toString);
        age(source, 1);
        JsonObject tooMuch = source.summaryOf(List.of(0), "forget", "--yes");
        assertEquals(0, tooMuch.getInt("putAway"), tooMuch::toString);
        JsonObject away = source.summaryOf(List.of(0), "forget", "--yes", "--most-percent", "100");
        assertTrue(away.getInt("putAway") >= 2, away::toString);
        assertTrue(Files.isDirectory(realm.host(1).resolve("trash")));
        JsonObject early = source.summaryOf(List.of(0), "forget", "--yes", "--most-percent", "100");
        assertEquals(0, early.getInt("deleted"), early::toString);
        assertEquals(away.getInt("putAway"), early.getInt("waiting"), early::toString);
        Claims.done(source.run("check", "--read-data"));
        Path target = realm.folder("restored-e");
        Claims.done(source.run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);

        Cranny other = realm.source("source-f");
        twoBackups(other, realm.folder("tree-f"));
        other.summaryOf(List.of(0), "forget", "--keep-last", "1", "--yes");
        age(other, 31);
        other.summaryOf(List.of(0), "forget", "--yes");
        age(other, 1);
        JsonObject refused = other.summaryOf(List.of(0), "forget", "--yes", "--most-percent", "100");
        assertEquals(0, refused.getInt("putAway"), refused::toString);
        assertTrue(refused.getInt("waiting") >= 2, refused::toString);
    }

    private static void twoBackups(Cranny source, Path tree) throws IOException {
        Contents.noise(tree.resolve("goes"), 2 << 20, 11);
        source.summaryOf(List.of(0), "backup", tree.toString());
        Files.delete(tree.resolve("goes"));
        Contents.text(tree.resolve("stays"), "text");
        source.summaryOf(List.of(0), "backup", tree.toString());
    }

    /** As if what it has begun to forget had been so many days ago. */
    private static void age(Cranny source, int days) throws IOException {
        Path file = source.home().resolve("forgetting");
        StringBuilder older = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            int at = words[0].equals("snapshot") ? 2 : 3;
            words[at] = String.valueOf(Long.parseLong(words[at]) - days * 86_400L);
            older.append(String.join(" ", words)).append('\n');
        }
        Files.writeString(file, older);
    }

    @Test
    @LongForm
    void hostsServeAnotherRealmApartFromTheirOwn() throws IOException {
        Path tree = realm.folder("tree-g");
        Contents.noise(tree.resolve("noise"), 1 << 20, 12);
        Cranny source = realm.neighboursSource("source-g");
        JsonObject made = source.summaryOf(List.of(0), "backup", tree.toString());
        assertEquals(2, made.getInt("copies"));
        Claims.done(source.run("check", "--read-data"));
        Claims.done(source.run("status", "--hosts"));
        Path target = realm.folder("restored-g");
        Claims.done(source.run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);
        try (var folders = Files.list(realm.host(1).resolve("fragments"))) {
            assertEquals(
                    1,
                    folders.filter(each -> each.getFileName().toString().matches("[0-9a-f]{16}-[0-9]+"))
                            .count());
        }
    }

    @Test
    @LongForm
    void takesNewerListsOfHostsOnly() throws IOException {
        Cranny source = realm.source("source-c");
        Path older = realm.folder("lists").resolve("older");
        Path newer = realm.folder("lists").resolve("newer");
        Claims.done(realm.keeper().run("realm", "master-file", older.toString()));
        Claims.done(realm.keeper()
                .run(
                        "realm",
                        "master-file",
                        newer.toString(),
                        "--host",
                        "2:https://127.0.0.1:" + (Realm.PORT_BASE + 801) + ":3G:place-1",
                        "--passphrase-file",
                        realm.secret()));
        Claims.done(source.run("master-file", "import", newer.toString()));
        Command.Outcome lower = source.run("master-file", "import", older.toString());
        assertNotEquals(0, lower.exit());
        assertTrue(lower.errors().contains("version"), lower.errors());
        Path forged = Files.writeString(
                realm.folder("lists").resolve("forged"),
                Files.readString(newer).replace("\"quotaBytes\":3000000000", "\"quotaBytes\":4000000000"));
        Command.Outcome wrong = source.run("master-file", "import", forged.toString());
        assertNotEquals(0, wrong.exit());
        Claims.done(source.run("status"));
    }
}
