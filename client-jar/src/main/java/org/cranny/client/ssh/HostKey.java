package org.cranny.client.ssh;

import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;

/**
 * The key by which the far side is known: a fingerprint as {@code ssh-keygen -l} shows it, or a file of known hosts.
 * Nothing is trusted because it was seen first.
 */
public final class HostKey {
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

    private final ServerKeyVerifier verifier;
    private volatile String presented;

    private HostKey(ServerKeyVerifier verifier) {
        this.verifier = verifier;
    }

    /** @throws IllegalArgumentException when it is neither a fingerprint nor a file */
    public static HostKey parse(String text) {
        if (FINGERPRINT.matcher(text).matches()) {
            byte[] wanted = Base64.getDecoder()
                    .decode(text.substring("SHA256:".length()).replace("=", "") + "=");
            return new HostKey((session, address, key) -> MessageDigest.isEqual(wanted, sha256(key)));
        }
        Path file = Path.of(text);
        if (!text.startsWith("SHA256:") && Files.isRegularFile(file) && Files.isReadable(file)) {
            return new HostKey(new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, file));
        }
        throw new IllegalArgumentException("'" + text + "' is neither a host key's fingerprint (SHA256:…, see"
                + " 'ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub' there) nor a known_hosts file.");
    }

    ServerKeyVerifier verifier() {
        return this::verify;
    }

    /** The fingerprint that was refused, or null. */
    String refused() {
        return presented;
    }

    private boolean verify(ClientSession session, SocketAddress address, PublicKey key) {
        boolean known = verifier.verifyServerKey(session, address, key);
        presented = known ? null : fingerprint(key);
        return known;
    }

    private static String fingerprint(PublicKey key) {
        return KeyUtils.getKeyType(key) + " SHA256:"
                + Base64.getEncoder().withoutPadding().encodeToString(sha256(key));
    }

    private static byte[] sha256(PublicKey key) {
        try {
            String text = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
            return Base64.getDecoder().decode(text.substring(text.indexOf(':') + 1) + "=");
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the host key has no fingerprint", e);
        }
    }
}
