package org.cranny.daemon.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PublicKey;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;

/**
 * What the realm says: the keys that speak for it, and which systems are shut out. Kept on disk, so that a daemon
 * knows it without central.
 *
 * <p>Invariants: the keys in use were signed by the authority pinned at enrollment; keys are replaced only by a
 * later issue; what is in use is on disk first.
 */
public final class Realm {
    private static final String KEYS = "keys";
    private static final String REVOKED = "revoked";
    private static final String REVOKED_KEYS = "revoked-keys";

    private final Home home;
    private final Identity identity;
    private volatile RealmKeys keys;
    private volatile Set<Long> revoked;
    private volatile Set<String> revokedKeys;

    public Realm(Home home, Identity identity) throws IOException {
        this.home = home;
        this.identity = identity;
        try {
            keys = open(Files.readString(home.realm(KEYS)).strip());
        } catch (MalformedException e) {
            throw new IOException("realm/keys is damaged (" + e.getMessage() + "): enroll again", e);
        }
        revoked = readRevoked();
        revokedKeys = readRevokedKeys();
    }

    public RealmId id() {
        return identity.realm();
    }

    public PublicKey grantKey() {
        return keys.grant();
    }

    public PublicKey catalogueKey() {
        return keys.catalogue();
    }

    public boolean revoked(SystemId system) {
        return revoked.contains(system.number());
    }

    /** Whether this key was replaced by another one of its system. @param fingerprint SHA-256 of the public key */
    public boolean revokedKey(byte[] fingerprint) {
        return !revokedKeys.isEmpty() && revokedKeys.contains(HexFormat.of().formatHex(fingerprint));
    }

    public boolean holds(SystemId system) {
        return system.realm().equals(id());
    }

    /** Takes the realm's keys from central; nothing changes unless the authority signed them later than ours. */
    public synchronized void accept(String signedKeys) throws IOException, MalformedException {
        RealmKeys next = open(signedKeys);
        if (next.issued().isAfter(keys.issued())) {
            Home.replace(home.realm(KEYS), (signedKeys + "\n").getBytes(StandardCharsets.US_ASCII));
            keys = next;
        }
    }

    public synchronized void revoke(Collection<Long> systems) throws IOException {
        Set<Long> next = new TreeSet<>(systems);
        if (!next.equals(revoked)) {
            String lines = next.stream().map(number -> number + "\n").collect(Collectors.joining());
            Home.replace(home.realm(REVOKED), lines.getBytes(StandardCharsets.US_ASCII));
            revoked = Set.copyOf(next);
        }
    }

    /** @param fingerprints SHA-256 of public keys that are no longer good, hex */
    public synchronized void revokeKeys(Collection<String> fingerprints) throws IOException {
        Set<String> next = new TreeSet<>(fingerprints);
        if (!next.equals(revokedKeys)) {
            String lines = next.stream().map(fingerprint -> fingerprint + "\n").collect(Collectors.joining());
            Home.replace(home.realm(REVOKED_KEYS), lines.getBytes(StandardCharsets.US_ASCII));
            revokedKeys = Set.copyOf(next);
        }
    }

    private Set<String> readRevokedKeys() throws IOException {
        return Files.notExists(home.realm(REVOKED_KEYS))
                ? Set.of()
                : Set.copyOf(Files.readAllLines(home.realm(REVOKED_KEYS)));
    }

    private RealmKeys open(String signedKeys) throws MalformedException {
        return RealmKeys.open(Signed.parse(signedKeys), identity.authority().getPublicKey());
    }

    private Set<Long> readRevoked() throws IOException {
        if (Files.notExists(home.realm(REVOKED))) {
            return Set.of();
        }
        try {
            return Files.readAllLines(home.realm(REVOKED)).stream()
                    .map(Long::valueOf)
                    .collect(Collectors.toSet());
        } catch (NumberFormatException e) {
            throw new IOException(home.realm(REVOKED) + " is damaged: delete it, central says it again", e);
        }
    }
}
