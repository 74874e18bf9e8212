package org.cranny.client.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.cranny.client.central.PolicyText;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.policy.UsualBackup.Basis;
import org.cranny.client.selection.ChosenFolders;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.TestRealm;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Window and agent back up the same when nobody says what. */
class UsualBackupTest {
    @TempDir
    Path folder;

    @Test
    void thePolicyWinsOverTheOwnerAndTheOwnerOverNobody() throws Exception {
        TestRealm realm = new TestRealm();
        Home home = Home.at(folder);
        try (StubCentral central = StubCentral.start(realm)) {
            Invitation invitation =
                    new Invitation(central.peopleUrl().toString(), StubCentral.TOKEN, realm.fingerprint());
            new Enrollment(home, new SecureRandom(), Clock.systemUTC()).enroll(invitation.order("lap"));
            try (Machine machine = Machine.open(home)) {
                UsualBackup nothing = UsualBackup.newest(machine);
                assertEquals(Basis.NOBODY, nothing.basis());
                assertThrows(IOException.class, () -> nothing.errand(Clock.systemUTC()));

                new ChosenFolders(home).keep(List.of(new byte[] {'/', 'e', 't', 'c'}));
                UsualBackup own = UsualBackup.newest(machine);
                assertEquals(Basis.OWNER, own.basis());
                assertEquals(List.of("/etc"), own.errand(Clock.systemUTC()).paths());

                keep(home, List.of("/usr"));
                UsualBackup policy = UsualBackup.atHand(machine);
                assertEquals(Basis.POLICY, policy.basis());
                assertEquals(List.of("/usr"), policy.errand(Clock.systemUTC()).paths());
            }
        }
    }

    private static void keep(Home home, List<String> paths) throws IOException {
        Policy policy =
                new Policy(paths, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        EffectivePolicy effective = new EffectivePolicy("1", policy, List.of(), List.of());
        DurableFiles.write(home.policyFile(), PolicyText.of(effective).getBytes(StandardCharsets.UTF_8));
    }
}
