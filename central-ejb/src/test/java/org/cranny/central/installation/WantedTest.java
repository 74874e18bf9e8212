package org.cranny.central.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.cranny.central.installation.InstallationRequest.MachineKey;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;

class WantedTest {
    static final String FINGERPRINT = "SHA256:" + "A".repeat(43);
    private static final String SECRET = "swordfish";

    @Test
    void saysNothingOfWhatLogsIn() {
        InstallationRequest request = request("https://c:1/cranny", "root", "daemon", "20G", "h", FINGERPRINT, null);
        Wanted wanted = Wanted.read(request);
        for (Object each : List.of(request, wanted, wanted.login())) {
            assertFalse(each.toString().contains(SECRET), each.toString());
        }
        assertEquals(List.of("--quota", "20G"), wanted.options());
        assertEquals(9_443, wanted.daemonPort());
    }

    @Test
    void namesTheFieldThatCannotBeMeant() {
        refuses("central", request("http://c:1/cranny", "root", "daemon", null, "h", FINGERPRINT, null));
        refuses("central", request(null, "root", "daemon", null, "h", FINGERPRINT, null));
        refuses("user", request("https://c", "-oroot", "daemon", null, "h", FINGERPRINT, null));
        refuses("user", request("https://c", "a b", "daemon", null, "h", FINGERPRINT, null));
        refuses("roles", request("https://c", "root", "monitor", null, "h", FINGERPRINT, null));
        refuses("quota", request("https://c", "root", "daemon", "much; reboot", "h", FINGERPRINT, null));
        refuses("hostKeys", request("https://c", "root", "daemon", null, "h", "MD5:00", null));
        refuses("knownHosts", request("https://c", "root", "daemon", null, "h", FINGERPRINT, "nonsense"));
        refuses(
                "password",
                new InstallationRequest(
                        List.of("h"),
                        List.of("daemon"),
                        "root",
                        null,
                        null,
                        null,
                        null,
                        "https://c",
                        null,
                        null,
                        null,
                        null));
    }

    private static void refuses(String field, InstallationRequest request) {
        assertEquals(
                field,
                assertThrows(ProblemException.class, () -> Wanted.read(request))
                        .problem()
                        .field());
    }

    static InstallationRequest request(
            String central, String user, String role, String quota, String host, String fingerprint, String known) {
        return new InstallationRequest(
                List.of(host),
                List.of(role),
                user,
                SECRET,
                null,
                known,
                List.of(new MachineKey(host, fingerprint)),
                central,
                null,
                quota,
                null,
                null);
    }
}
