package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
@ExtendWith(SharesRealm.class)
class CentralLostIT {
    private final Realm realm;

    CentralLostIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    @LongForm
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

    private Command.Outcome dump(String... words) {
        List<String> all = new ArrayList<>(
                List.of(realm.repository().resolve("bin/cranny-central").toString(), "dump"));
        all.addAll(List.of(words));
        all.addAll(List.of("--escrow-passphrase-file", realm.escrowPassphrase().toString()));
        return Command.run(realm.repository(), all, Map.of());
    }
}
