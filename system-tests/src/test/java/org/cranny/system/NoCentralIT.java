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
