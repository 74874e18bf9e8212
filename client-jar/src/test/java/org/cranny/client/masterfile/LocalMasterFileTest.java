package org.cranny.client.masterfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cranny.client.stub.TestRealm;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMasterFileTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private LocalMasterFile local;

    @BeforeEach
    void open() {
        local = new LocalMasterFile(folder.resolve("master-file"), realm.masterFileKey());
    }

    @Test
    void keepsWhatItAcceptedForTheNextProcess() throws IOException {
        MasterFile five = realm.masterFile(5, 2, 3);
        local.accept(0, five.text());
        LocalMasterFile later = new LocalMasterFile(folder.resolve("master-file"), realm.masterFileKey());
        assertEquals(five.text(), later.kept().orElseThrow().text());
    }

    @Test
    void appliesADelta() throws IOException {
        MasterFile five = realm.masterFile(5, 2, 3);
        MasterFile six = realm.masterFile(6, 3, 4);
        local.accept(0, five.text());
        local.accept(5, six.since(five));
        assertEquals(six.text(), Files.readString(folder.resolve("master-file")));
    }

    @Test
    void refusesALowerVersionAndKeepsTheHigherOne() throws IOException {
        local.accept(0, realm.masterFile(5, 2).text());
        String older = realm.masterFile(4, 2, 3).text();
        assertThrows(MasterFileRefusedException.class, () -> local.accept(5, older));
        assertEquals(5, local.kept().orElseThrow().version());
    }

    @Test
    void refusesTheSameVersionWithOtherContent() throws IOException {
        local.accept(0, realm.masterFile(5, 2).text());
        String other = realm.masterFile(5, 2, 3).text();
        assertThrows(MasterFileRefusedException.class, () -> local.accept(5, other));
    }

    @Test
    void refusesTheSignatureOfAnotherRealm() throws IOException {
        local.accept(0, realm.masterFile(5, 2).text());
        String foreign = new TestRealm().masterFile(6, 2).text();
        assertThrows(MasterFileRefusedException.class, () -> local.accept(5, foreign));
        assertEquals(5, local.kept().orElseThrow().version());
    }

    @Test
    void refusesAChangedLine() {
        String changed = realm.masterFile(5, 2).text().replace("51200000000", "51200000001");
        assertThrows(MasterFileRefusedException.class, () -> local.accept(0, changed));
        assertTrue(Files.notExists(folder.resolve("master-file")));
    }

    @Test
    void refusesSignedLinesThatAreNoHosts() {
        String odd = realm.masterFile(5, Map.of(2L, "{\"id\":2,\"name\":17}")).text();
        assertThrows(MasterFileRefusedException.class, () -> local.accept(0, odd));
    }

    @Test
    void letsTheNewerOneStandThatAnotherProcessKept() throws IOException {
        MasterFile five = realm.masterFile(5, 2);
        MasterFile six = realm.masterFile(6, 2, 3);
        local.accept(0, five.text());
        local.accept(5, six.text());
        assertEquals(6, local.accept(5, six.since(five)).version());
    }

    @Test
    void takesAnyBelievableFileWhenItsOwnIsDamaged() throws IOException {
        Files.writeString(folder.resolve("master-file"), "half a li");
        assertEquals(3, local.accept(0, realm.masterFile(3, 2).text()).version());
    }

    @Test
    void readsHostsFromTheirLines() throws IOException {
        List<Host> hosts = LocalMasterFile.hosts(realm.masterFile(5, 3, 2));
        assertEquals(
                new Host(
                        2,
                        "ws-2",
                        "https://127.0.0.1:1",
                        51_200_000_000L,
                        60_000_000_000L,
                        0.5,
                        "unknown",
                        "host:2",
                        Host.State.ACCEPTING),
                hosts.get(0));
        assertEquals(3, hosts.get(1).id());
    }
}
