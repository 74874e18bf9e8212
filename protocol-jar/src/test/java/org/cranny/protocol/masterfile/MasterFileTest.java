package org.cranny.protocol.masterfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.ForgedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterFileTest {
    private KeyPair keys;

    @BeforeEach
    void keys() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void survivesTheWire() throws Exception {
        MasterFile made = version(7, Map.of(2L, "a", 10L, "b"));
        MasterFile read = MasterFile.parse(made.text());
        read.verify(keys.getPublic());
        assertEquals(7, read.version());
        assertEquals(made.lines(), read.lines());
    }

    @Test
    void deltaGivesTheNewFileAndItsSignatureHolds() throws Exception {
        MasterFile old = version(7, Map.of(2L, "a", 3L, "b", 4L, "c"));
        MasterFile young = version(8, Map.of(2L, "a", 3L, "changed", 5L, "new"));
        String delta = young.since(old);
        assertFalse(delta.contains("\"name\":\"a\""), "an unchanged line is not sent");

        MasterFile applied = old.apply(delta);

        applied.verify(keys.getPublic());
        assertEquals(young.text(), applied.text());
    }

    @Test
    void refusesADeltaToAnotherVersion() throws Exception {
        MasterFile old = version(7, Map.of(2L, "a"));
        String delta = version(9, Map.of(2L, "b")).since(version(8, Map.of(2L, "a")));
        assertThrows(MalformedException.class, () -> old.apply(delta));
    }

    @Test
    void takesAWholeFileInsteadOfADelta() throws Exception {
        MasterFile whole = version(9, Map.of(3L, "c"));
        assertEquals(
                whole.text(), version(7, Map.of(2L, "a")).apply(whole.text()).text());
    }

    @Test
    void takesNamesWithEverySeparatorThatIsNoLineFeed() throws Exception {
        MasterFile made = version(7, Map.of(2L, "a\u2028b\u0085c"));
        MasterFile.parse(made.text()).verify(keys.getPublic());
    }

    @Test
    void noticesEveryChangedLine() throws Exception {
        MasterFile made = version(7, Map.of(2L, "a", 3L, "b"));
        MasterFile forged = MasterFile.parse(made.text().replace("\"name\":\"b\"", "\"name\":\"x\""));
        assertThrows(ForgedException.class, () -> forged.verify(keys.getPublic()));
        MasterFile newer = MasterFile.parse(made.text().replace("\"version\":7", "\"version\":8"));
        assertThrows(ForgedException.class, () -> newer.verify(keys.getPublic()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{}\n{}\n",
                "{\"since\":99999999999999999999,\"gone\":[]}\n",
                "{\"since\":7,\"gone\":[,,,]}\nx\ny\n",
                "{\"since\":7,\"gone\":[12345678901234567890123]}\nx\ny\n"
            })
    void refusesWhatIsNoMasterFile(String text) throws Exception {
        MasterFile old = version(7, Map.of(2L, "a"));
        assertThrows(MalformedException.class, () -> MasterFile.parse(text));
        assertThrows(MalformedException.class, () -> old.apply(text));
    }

    @Test
    void staysWithinItsSizeAtTenThousandHosts() throws Exception {
        Map<Long, String> names = new TreeMap<>();
        for (long id = 2; id < 10_002; id++) {
            names.put(id, "ws-" + id);
        }
        assertTrue(version(1, names).text().length() < 2_500_000);
    }

    private MasterFile version(long version, Map<Long, String> names) throws MalformedException {
        Map<Long, String> lines = new TreeMap<>();
        names.forEach((id, name) -> lines.put(id, "{\"id\":" + id + ",\"name\":\"" + name + "\"}"));
        String header = "{\"cranny\":\"master-file\",\"format\":1,\"realm\":\"0123456789abcdef\",\"version\":" + version
                + ",\"time\":1,\"hosts\":" + names.size() + "}";
        return MasterFile.sign(header, lines, keys.getPrivate());
    }
}
