package org.cranny.daemon.identity;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cranny.daemon.capacity.Lending;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;

/**
 * Whose word counts here: the daemon's own realm, and the realms that the owner of this machine added. Each speaks for
 * its own sources and for nobody else's, whatever their numbers are.
 *
 * <p>Invariant: the authority of a realm that was added has the fingerprint that the owner typed, and signed its keys.
 */
public final class Issuers {
    private static final System.Logger LOGGER = System.getLogger(Issuers.class.getName());

    private final Realm own;
    private final X509Certificate ownAuthority;
    private final Home home;
    private volatile Seen last;

    /** @param stamp of the trust file, which is written last whenever a realm is added or taken out */
    private record Seen(String stamp, Map<RealmId, Issuer> added) {}

    private Issuers(Realm own, X509Certificate ownAuthority, Home home, Seen first) {
        this.own = own;
        this.ownAuthority = ownAuthority;
        this.home = home;
        this.last = first;
    }

    /** As they are in the home at each moment. */
    public static Issuers load(Home home, Realm own, Identity identity) throws IOException {
        String stamp = stamp(home, "");
        return new Issuers(own, identity.authority(), home, new Seen(stamp, added(home)));
    }

    /** What cannot be read changes nothing. */
    private Map<RealmId, Issuer> added() {
        Seen seen = last;
        String stamp = stamp(home, seen.stamp());
        if (!stamp.equals(seen.stamp())) {
            try {
                last = new Seen(stamp, added(home));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "realms that were added or taken out do not count yet: {0}", e.getMessage());
                last = new Seen(stamp, seen.added());
            }
        }
        return last.added();
    }

    private static String stamp(Home home, String whenUnknown) {
        try {
            BasicFileAttributes file = Files.readAttributes(home.trusted(), BasicFileAttributes.class);
            return file.fileKey() + " " + file.lastModifiedTime();
        } catch (IOException e) {
            return whenUnknown;
        }
    }

    /** Whether a realm's word counts here now. */
    boolean trusts(RealmId realm) {
        return isOwn(realm) || added().containsKey(realm);
    }

    /** Whether this is the daemon's own realm. */
    public boolean isOwn(RealmId realm) {
        return own.id().equals(realm);
    }

    /** Empty for a realm that is not trusted. */
    Optional<X509Certificate> authority(RealmId realm) {
        return isOwn(realm)
                ? Optional.of(ownAuthority)
                : Optional.ofNullable(added().get(realm)).map(Issuer::authority);
    }

    /** The key that signs a realm's allotments and grants. @throws MalformedException when the realm is not trusted */
    public PublicKey grantKey(RealmId realm) throws MalformedException {
        if (isOwn(realm)) {
            return own.grantKey();
        }
        Issuer issuer = added().get(realm);
        if (issuer == null) {
            throw new MalformedException("realm " + realm + " is not trusted here");
        }
        return issuer.keys().grant();
    }

    /** The most octets that are kept for all sources of a realm; {@link Long#MAX_VALUE} when only the quota limits it. */
    public long quota(RealmId realm) {
        Issuer issuer = added().get(realm);
        return issuer == null || issuer.quota() == null ? Long.MAX_VALUE : Lending.bytes(issuer.quota());
    }

    /** All realms that were added, by id. */
    static Map<RealmId, Issuer> added(Home home) throws IOException {
        Map<RealmId, Issuer> added = new TreeMap<>((one, other) -> one.hex().compareTo(other.hex()));
        if (Files.isDirectory(home.issuers())) {
            try (Stream<Path> folders = Files.list(home.issuers())) {
                for (Path folder : folders.filter(each -> !Files.notExists(each.resolve("keys")))
                        .toList()) {
                    Issuer issuer = read(folder);
                    added.put(issuer.realm(), issuer);
                }
            }
        }
        return added;
    }

    private static Issuer read(Path folder) throws IOException {
        try {
            X509Certificate authority = Certificates.ofPem(Files.readString(folder.resolve("ca.pem")));
            RealmKeys keys = RealmKeys.open(
                    Signed.parse(Files.readString(folder.resolve("keys"), StandardCharsets.US_ASCII)
                            .strip()),
                    authority.getPublicKey());
            Path file = folder.resolve("quota");
            String quota = Files.notExists(file) ? null : Files.readString(file).strip();
            if (quota != null) {
                Lending.bytes(quota);
            }
            return new Issuer(keys.realm(), authority, keys, quota);
        } catch (CertificateException | MalformedException | IllegalArgumentException e) {
            throw new IOException(
                    folder + " is damaged (" + e.getMessage()
                            + "): add that realm again with \"cranny-daemon trust add\"",
                    e);
        }
    }
}
