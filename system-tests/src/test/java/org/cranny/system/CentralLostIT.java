package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Central's machine is gone: database, home, server. The rescue file, the escrow passphrase and the hosts are what is left. */
@LongForm
@ExtendWith(SharesRealm.class)
class CentralLostIT {
    private final Realm realm;

    CentralLostIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void everySnapshotIsBackAndRestores() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 60, 11);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        List<JsonObject> before = realm.centralsSnapshots();
        Command.Outcome made = realm.admin(source, "dumps", "now", "--json");
        Claims.done(made);
        String name = Json.ofType(made.output(), "dump").get(0).getString("name");

        Path home = realm.status().central().home();
        Path kit = realm.emptyFolder("kit");
        Path rescue = Files.copy(home.resolve("dumps/rescue.txt"), kit.resolve("rescue.txt"));
        realm.cluster().killCentral();
        Path gone = Files.move(home, home.resolveSibling("central-that-was-lost"));
        Path domain = realm.domain();
        Command.run(kit, List.of("rm", "-rf", domain.toString()), Map.of());

        realm.cluster().killDaemon(2);
        Command.Outcome listed = dump("list", "--rescue", rescue.toString());
        Claims.done(listed);
        assertTrue(listed.output().contains(name), listed.output());
        Claims.done(dump("fetch", name, "--rescue", rescue.toString(), "--to", kit.toString()));
        Claims.done(dump(
                "restore",
                kit.resolve(name).toString(),
                "--home",
                home.toString(),
                "--escrow-key",
                kit.resolve("escrow.key").toString()));
        realm.makeWhole();
        Command.run(kit, List.of("rm", "-rf", gone.toString()), Map.of());

        assertEquals(before, realm.centralsSnapshots());
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
        Contents.text(tree.resolve("new"), "after the loss");
        assertTrue(BackupAndRestoreIT.backUp(source, tree).getInt("files") > 0, "life goes on");
    }

    /** Officers have the key; two of them hand their shares over to whoever makes central again. */
    @Test
    void enoughOfficersBringCentralBack() throws Exception {
        Cranny source = realm.source();
        Path tree = Contents.tree(realm.emptyFolder("tree"), 20, 12);
        BackupAndRestoreIT.backUp(source, tree);
        Path home = realm.status().central().home();
        byte[] escrowKey = Files.readAllBytes(home.resolve("escrow.key"));
        Path kit = realm.emptyFolder("kit");
        List<String> split = new ArrayList<>(List.of("escrow", "split", "--threshold", "2", "--into", kit.toString()));
        for (int i = 1; i <= 3; i++) {
            split.addAll(List.of("--officer", "officer-" + i + "=" + drawn(source, kit.resolve("key-" + i))));
        }
        Claims.done(realm.admin(source, split.toArray(String[]::new)));
        for (int i = 1; i <= 3; i++) {
            Claims.done(realm.admin(source, withShare(kit, i, "escrow", "show")));
        }
        Command.Outcome made = realm.admin(source, "dumps", "now", "--json");
        Claims.done(made);
        String name = Json.ofType(made.output(), "dump").get(0).getString("name");
        Path rescue = Files.copy(home.resolve("dumps/rescue.txt"), kit.resolve("rescue.txt"));
        assertFalse(Files.readString(rescue).contains("ESCROW KEY"));
        List<JsonObject> before = realm.centralsSnapshots();

        realm.cluster().killCentral();
        Path gone = Files.move(home, home.resolveSibling("central-that-was-lost"));
        Command.run(kit, List.of("rm", "-rf", realm.domain().toString()), Map.of());
        try {
            Path meeting = kit.resolve("meeting-key");
            String to = drawn(source, meeting);
            List<String> key = new ArrayList<>(List.of("--share-key", meeting.toString()));
            for (int i : List.of(3, 1)) {
                Path handed = kit.resolve("handed-" + i);
                Claims.done(source.run(
                        "admin", withShare(kit, i, "escrow", "hand", "--to", to, "--into", handed.toString())));
                key.addAll(List.of("--share", handed.toString()));
            }
            Claims.done(tool(key, "fetch", name, "--rescue", rescue.toString(), "--to", kit.toString()));
            Claims.done(tool(key, "restore", kit.resolve(name).toString(), "--home", home.toString()));
            realm.makeWhole();
            assertEquals(before, realm.centralsSnapshots());
            assertEquals(
                    "SPLIT",
                    realm.administrator()
                            .json(realm.api("/escrow/split"))
                            .asJsonObject()
                            .getString("mode"));
        } finally {
            Files.write(home.resolve("escrow.key"), escrowKey);
            Files.deleteIfExists(home.resolve("escrow.split"));
            Command.run(kit, List.of("rm", "-rf", gone.toString()), Map.of());
        }
    }

    private String drawn(Cranny person, Path file) {
        Command.Outcome drawn = person.run("admin", "escrow", "officer-key", file.toString(), "--json");
        Claims.done(drawn);
        return Json.ofType(drawn.output(), "officer-key").get(0).getString("key");
    }

    private static String[] withShare(Path folder, int number, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--share", folder.resolve("share-" + number).toString()));
        all.addAll(List.of("--key", folder.resolve("key-" + number).toString()));
        return all.toArray(String[]::new);
    }

    private Command.Outcome dump(String... words) {
        return tool(List.of("--escrow-passphrase-file", realm.escrowPassphrase().toString()), words);
    }

    /** @param key how the escrow key is had */
    private Command.Outcome tool(List<String> key, String... words) {
        List<String> all = new ArrayList<>(
                List.of(realm.repository().resolve("bin/cranny-central").toString(), "dump"));
        all.addAll(List.of(words));
        all.addAll(key);
        return Command.run(realm.repository(), all, Map.of());
    }
}
