package org.cranny.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SshAddressTest {
    @Test
    void readsWhatPeopleWrite() {
        assertEquals(new SshAddress("root", "ws-01", 22), SshAddress.parse("root@ws-01"));
        assertEquals(new SshAddress("root", "10.0.0.1", 2222), SshAddress.parse("root@10.0.0.1:2222"));
        assertEquals(new SshAddress("me", "fe80::1", 22), SshAddress.parse("me@[fe80::1]"));
        assertEquals(new SshAddress("me", "fe80::1", 7), SshAddress.parse("me@[fe80::1]:7"));
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String bad :
                new String[] {"", "ws-01", "@ws", "me@", "me@ws:", "me@ws:0", "me@ws:70000", "a b@ws", "me@fe80::1"}) {
            assertThrows(IllegalArgumentException.class, () -> SshAddress.parse(bad), bad);
        }
    }

    @Test
    void refusesAHostKeyThatIsNeitherFingerprintNorFile() {
        for (String bad : new String[] {"", "SHA256:short", "MD5:00:11", "/nowhere/known_hosts"}) {
            assertThrows(IllegalArgumentException.class, () -> HostKey.parse(bad), bad);
        }
    }

    @Test
    void showsNoPassword() {
        assertEquals("Login[redacted]", new Login("key", "secret").toString());
    }
}
