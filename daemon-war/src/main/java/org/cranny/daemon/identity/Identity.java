package org.cranny.daemon.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Who this daemon is: its number in the realm, its key, and the authority that vouched for it at enrollment. Its
 * certificate is renewed while it runs; what is asked of this is answered by the newest one. Thread-safe.
 */
public final class Identity {
    private volatile MachineIdentity machine;

    private Identity(MachineIdentity machine) {
        this.machine = machine;
    }

    /** @throws IOException when the home was never enrolled, or what lies there cannot be opened */
    public static Identity load(Home home) throws IOException {
        if (!Files.isRegularFile(home.identity())) {
            throw new IOException(home.folder() + " is not enrolled: run \"cranny-daemon enroll\" first");
        }
        String password = Files.readString(home.password(), StandardCharsets.US_ASCII);
        return new Identity(
                MachineIdentity.load(home.identity(), password.strip().toCharArray()));
    }

    public SystemId system() {
        return machine.system();
    }

    public RealmId realm() {
        return machine.system().realm();
    }

    /** Until when the own certificate is good. */
    public Instant validUntil() {
        return machine.certificate().getNotAfter().toInstant();
    }

    /** Whether the own certificate is good then. */
    public boolean validAt(Instant time) {
        return !time.isAfter(validUntil())
                && !time.isBefore(machine.certificate().getNotBefore().toInstant());
    }

    MachineIdentity machine() {
        return machine;
    }

    /** From now on connections show this one's certificate; number, key and authority are the same. */
    void renewed(MachineIdentity next) {
        machine = next;
    }

    X509Certificate authority() {
        return machine.authority();
    }

    public Signed sign(Receipt receipt) {
        return receipt.sign(machine.key());
    }

    /** Both ends show certificates; the peer must be a system of this realm that passes the test. */
    public SSLContext tls(LongPredicate expected) {
        return MutualTls.context(machine, system -> system.realm().equals(realm()) && expected.test(system.number()));
    }
}
