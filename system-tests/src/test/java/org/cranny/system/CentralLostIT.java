package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Central's machine is gone: database, home, server. A dump, escrow.key and its passphrase are what is left. */
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
        Path dump = Files.copy(home.resolve("dumps").resolve(name), kit.resolve(name));
        Path escrowKey = Files.copy(home.resolve("escrow.key"), kit.resolve("escrow.key"));
        realm.cluster().killCentral();
        Path gone = Files.move(home, home.resolveSibling("central-that-was-lost"));
        Path domain = realm.domain();
        Command.run(kit, List.of("rm", "-rf", domain.toString()), Map.of());

        Command.Outcome restored = Command.run(
                realm.repository(),
                List.of(
                        realm.repository().resolve("bin/cranny-central").toString(),
                        "dump",
                        "restore",
                        dump.toString(),
                        "--home",
                        home.toString(),
                        "--escrow-key",
                        escrowKey.toString(),
                        "--escrow-passphrase-file",
                        realm.escrowPassphrase().toString()),
                Map.of());
        Claims.done(restored);
        realm.makeWhole();
        Command.run(kit, List.of("rm", "-rf", gone.toString()), Map.of());

        assertEquals(before, realm.centralsSnapshots());
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
        Contents.text(tree.resolve("new"), "after the loss");
        assertTrue(BackupAndRestoreIT.backUp(source, tree).getInt("files") > 0, "life goes on");
    }
}
