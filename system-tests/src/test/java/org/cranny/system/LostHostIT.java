package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any one host may be lost with its disk. */
@ExtendWith(SharesRealm.class)
class LostHostIT {

    private final Realm realm;

    LostHostIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void restoresEverythingWithoutOneHostAndItsDisk() throws IOException {
        restoresEverythingWithoutOneHostAndItsDisk(2);
    }

    @LongForm
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void restoresEverythingWithoutOneHostAndItsDisk(int index) throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 300, index);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        ClusterStatus.Daemon lost = realm.status().daemon(index);
        realm.cluster().killDaemon(index);
        Path aside = lost.home().resolveSibling("lost-" + index);
        Files.move(lost.home(), aside);
        try {
            Path target = realm.emptyFolder("restored");
            Claims.done(source.run("restore", snapshot, "--target", target.toString()));
            Claims.restoredEqual(tree, target);
            assertFalse(Files.exists(lost.home()));
        } finally {
            Files.move(aside, lost.home());
        }
    }
}
