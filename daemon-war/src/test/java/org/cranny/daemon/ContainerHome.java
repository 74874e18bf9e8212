package org.cranny.daemon;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.StubCentral;
import org.cranny.daemon.identity.TestRealm;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What stands outside of the container: the daemon's home and a central that wants to hear from it every second. */
final class ContainerHome {
    private static final TestRealm REALM = new TestRealm();
    private static final String ANSWER = "{\"time\":0,\"intervalSeconds\":1,\"revoked\":[],\"probe\":[]}";
    private static final StubCentral CENTRAL = new StubCentral(
            REALM, REALM.member(1), true, "/api/v1/heartbeats", body -> new StubCentral.Answer(200, ANSWER));

    private ContainerHome() {}

    /** Makes the home afresh, and gives the archive that the build made. */
    static WebArchive archive() {
        Path home = Path.of(System.getProperty("cranny.test.home"));
        try {
            empty(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        URI central = URI.create(CENTRAL.address());
        REALM.home(home, REALM.member(7), new Settings("contained", "https://127.0.0.1:1", central, "1G", "1M"));
        return ShrinkWrap.create(ZipImporter.class, "cranny.war")
                .importFrom(new File(System.getProperty("cranny.test.war")))
                .as(WebArchive.class);
    }

    static String nextHeartbeat() throws InterruptedException {
        return CENTRAL.nextPost();
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }
}
