package org.cranny.system;

import static org.cranny.system.Screen.awaitText;
import static org.cranny.system.Screen.on;
import static org.cranny.system.Screen.press;
import static org.cranny.system.Screen.the;
import static org.cranny.system.Screen.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.swing.JFileChooser;
import javax.swing.JTree;
import org.cranny.client.agent.Ending;
import org.cranny.client.home.Home;
import org.cranny.client.window.OwnersWindow;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An owner who types no command, in a realm of real processes. */
@LongForm
@ExtendWith(SharesRealm.class)
class OwnersWindowIT {
    private final Realm realm;

    OwnersWindowIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void anOwnerEnrollsBacksAFolderUpAndGetsItBack() throws Exception {
        assumeFalse(GraphicsEnvironment.isHeadless(), "there is no screen: run it under xvfb-run");
        Path tree = Contents.tree(realm.emptyFolder("tree"), 50, 1);
        Path target = realm.emptyFolder("restored");
        Cranny owner = realm.stranger();
        Thread window = new Thread(() -> open(owner.home()), "owner");
        window.start();
        try {
            ClusterStatus cluster = realm.status();
            type(
                    "welcome.link",
                    "cranny enroll " + cluster.central().url() + " --token " + cluster.token() + " --ca-fingerprint "
                            + cluster.caFingerprint());
            press("welcome.enroll");
            press("home.choose");
            choose(tree);
            awaitText("folders.sentence", "This folder is backed up.");
            press("nav.home");
            press("backup.now");
            awaitText("home.sentence", "Everything is backed up.");
            assertEquals(
                    1,
                    Json.ofType(owner.run("snapshots", "--json").output(), "snapshot")
                            .size());

            press("nav.files");
            JTree files = the(JTree.class, "files.tree");
            Await.until("the folder in sight", Duration.ofMinutes(1), () -> on(() -> files.getRowCount() > 1));
            on(() -> {
                files.setSelectionRow(0);
                return true;
            });
            press("files.restore");
            type("restore.folder", target.toString());
            press("restore.next");
            awaitText("restore.preview", "50 files");
            press("restore.next");
            awaitText("restore.result", "50 files");
            press("restore.close");
            Claims.restoredEqual(tree, target);
        } finally {
            window.interrupt();
            window.join();
        }
    }

    private static void choose(Path folder) {
        press("folders.add");
        JFileChooser chooser = the(JFileChooser.class, null);
        on(() -> {
            chooser.setSelectedFiles(new File[] {folder.toFile()});
            chooser.approveSelection();
            return true;
        });
    }

    private static void open(Path home) {
        try {
            OwnersWindow.open(
                    Home.at(home),
                    Optional.empty(),
                    new OwnersWindow.Me("owner", "0", Optional.empty(), "home"),
                    failure -> new Ending(1, String.valueOf(failure.getMessage())));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
