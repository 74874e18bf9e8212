package org.cranny.engine.ssh;

import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
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
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Set<String> refusedKinds = new CopyOnWriteArraySet<>();

    private HostKey(ServerKeyVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * One machine's keys, as they were given.
     *
     * @param fingerprint as {@code ssh-keygen -l} shows it, or null
     * @param knownHosts lines of a file of known hosts, or null
     * @throws IllegalArgumentException with a sentence, when one of them cannot be read
     */
    public static HostKey of(SshAddress address, String fingerprint, String knownHosts) {
        if (fingerprint != null && !isFingerprint(fingerprint)) {
            throw new IllegalArgumentException("'" + fingerprint + "' is no fingerprint of a host key (SHA256:…)");
        }
        byte[] wanted = fingerprint == null ? null : octets(fingerprint);
        KnownHosts known = KnownHosts.parse(knownHosts == null ? "" : knownHosts);
        return new HostKey((session, where, key) -> wanted != null && MessageDigest.isEqual(wanted, sha256(key))
                || known.know(address.host(), address.port(), key));
    }

    public static boolean isFingerprint(String text) {
        return FINGERPRINT.matcher(text).matches();
    }

    private static byte[] octets(String fingerprint) {
        return Base64.getDecoder()
                .decode(fingerprint.substring("SHA256:".length()).replace("=", "") + "=");
    }

    /** @throws IllegalArgumentException when it is neither a fingerprint nor a file */
    public static HostKey parse(String text) {
        if (FINGERPRINT.matcher(text).matches()) {
            byte[] wanted = octets(text);
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

    /** Fingerprints that were shown and refused. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Of which kinds the refused keys are: {@code ssh-ed25519}, {@code ssh-rsa} and the like. */
    Set<String> refusedKinds() {
        return Set.copyOf(refusedKinds);
    }

    private boolean verify(ClientSession session, SocketAddress address, PublicKey key) {
        boolean known = verifier.verifyServerKey(session, address, key);
        if (!known) {
            refused.add(fingerprint(key));
            refusedKinds.add(KeyUtils.getKeyType(key));
        }
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
