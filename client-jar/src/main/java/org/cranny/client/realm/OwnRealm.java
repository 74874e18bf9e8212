package org.cranny.client.realm;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cranny.client.central.WireRecords;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;

/**
 * A realm that is kept by hand, in the folder {@code own-realm} of a home: it takes members in, lists its hosts in a
 * signed master file and gives sources the right to keep data on them, all by files that people carry.
 *
 * <pre>
 * authority      the realm's private keys, sealed with a passphrase
 * ca.pem         the authority's certificate
 * keys           the realm's public keys, signed by the authority
 * members.json   who is in it
 * master-file    the newest list of hosts
 * </pre>
 *
 * <p>Invariants: numbers are never given twice and versions of the master file strictly increase, because both are
 * durable before anything that names them is signed. Nothing is signed without the passphrase.
 */
public final class OwnRealm implements AutoCloseable {
    /** An allotment holds for so many days unless said otherwise. */
    public static final int USUAL_DAYS = 30;

    /** And never for more. */
    public static final int MOST_DAYS = 365;

    private static final int LONGEST_NAME = 100;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Home home;
    private final SecureRandom random;
    private final Clock clock;
    private final HomeLock lock;
    private Roster roster;

    private OwnRealm(Home home, SecureRandom random, Clock clock, HomeLock lock, Roster roster) {
        this.home = home;
        this.random = random;
        this.clock = clock;
        this.lock = lock;
        this.roster = roster;
    }

    /** What a source may do. @param days from now @param bytes on one host at most, and in a day at most @param mayForget whether it may clear away what it backed up */
    public record Right(int days, long bytes, boolean mayForget) {}

    /** Makes a realm. @throws RealmException when there is one in this home already */
    public static OwnRealm make(Home home, String name, char[] passphrase, SecureRandom random, Clock clock)
            throws IOException {
        refuseName(name);
        Instant now = clock.instant();
        RealmSecrets secrets = RealmSecrets.draw(random, now);
        byte[] sealed = secrets.seal(passphrase, random);
        DurableFiles.makeFolder(home.ownRealm());
        HomeLock lock = home.lockForRealm();
        if (!Files.notExists(members(home))) {
            lock.close();
            throw new RealmException("There is a realm in " + home.ownRealm()
                    + " already. Name another home with --home to keep a second one.");
        }
        DurableFiles.write(home.ownRealm().resolve("authority"), sealed);
        DurableFiles.write(home.ownRealm().resolve("ca.pem"), ascii(Certificates.pem(secrets.certificate())));
        DurableFiles.write(
                home.ownRealm().resolve("keys"), ascii(secrets.publicKeys(now).text() + "\n"));
        String fingerprint = Fingerprint.of(secrets.certificate()).hex();
        Roster roster = Roster.empty(name, secrets.realm().hex(), fingerprint, now);
        OwnRealm realm = new OwnRealm(home, random, clock, lock, roster);
        realm.keep(roster);
        return realm;
    }

    /** @throws RealmException when there is none */
    public static OwnRealm open(Home home, SecureRandom random, Clock clock) throws IOException {
        if (Files.notExists(members(home))) {
            throw new RealmException("No realm is kept in " + home.ownRealm()
                    + ". Make one with 'cranny realm init --name NAME', or name its home with --home.");
        }
        HomeLock lock = home.lockForRealm();
        try {
            Roster roster = WireRecords.read(Files.readAllBytes(members(home)), Roster.class);
            if (roster.format() != Roster.FORMAT) {
                throw new RealmException("The realm in " + home.ownRealm() + " is of format " + roster.format()
                        + ", which this version does not know. Use the version that made it.");
            }
            return new OwnRealm(home, random, clock, lock, roster);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public String name() {
        return roster.name();
    }

    public RealmId id() {
        return new RealmId(roster.realm());
    }

    /** Fingerprint of the authority, which those who join compare. */
    public Fingerprint fingerprint() {
        return new Fingerprint(roster.fingerprint());
    }

    public List<Member> members() {
        return roster.members();
    }

    public long masterFileVersion() {
        return roster.masterFileVersion();
    }

    /** What came of taking a machine in. */
    public record Admitted(Member member, JoinBundle bundle) {}

    /**
     * Takes a host in, and lists it. One that shows certificates of another realm stays there, and serves this one, too.
     *
     * @param quotaBytes that it lends, or 0 for what it said itself
     * @param domain its failure domain, or null for what it said itself
     */
    public Admitted addHost(JoinRequest request, long quotaBytes, String domain, char[] passphrase) throws IOException {
        refuse(request, Member.HOST);
        refuseAddress(request.address());
        long lent = quotaBytes > 0 ? quotaBytes : request.quotaBytes();
        if (lent <= 0) {
            throw new RealmException("The request does not say how much " + request.name()
                    + " lends. Say it with --quota, for example --quota 50G.");
        }
        RealmSecrets secrets = secrets(passphrase);
        String where = domain == null ? request.failureDomain() : domain;
        Member member = admit(request, Member.HOST, lent, where);
        signMasterFile(secrets);
        return new Admitted(member, bundle(member, null, secrets));
    }

    /** Takes a source in, with a first right to keep data. */
    public Admitted addSource(JoinRequest request, Right right, char[] passphrase) throws IOException {
        refuse(request, Member.SOURCE);
        refuse(right);
        RealmSecrets secrets = secrets(passphrase);
        Member member = admit(request, Member.SOURCE, 0, null);
        return new Admitted(member, bundle(member, right, secrets));
    }

    /** Gives a source a fresh right; its bundle also brings the newest list of hosts. */
    public Admitted allot(long number, Right right, char[] passphrase) throws IOException {
        refuse(right);
        Member member = roster.member(number)
                .filter(each -> !each.isHost())
                .orElseThrow(
                        () -> new RealmException("There is no source number " + number + ". See 'cranny realm list'."));
        return new Admitted(member, bundle(member, right, secrets(passphrase)));
    }

    /** What is to be listed of a host from now on. */
    public record Listing(long number, String address, long quotaBytes, String domain) {}

    /** Signs a new master file. @param changed hosts that are listed otherwise @param dropped hosts that are not */
    public MasterFile masterFile(List<Listing> changed, List<Long> dropped, char[] passphrase) throws IOException {
        RealmSecrets secrets = secrets(passphrase);
        Roster next = roster;
        for (Listing listing : changed) {
            refuseAddress(listing.address());
            next = next.replacing(
                    host(listing.number()).changed(listing.address(), listing.quotaBytes(), listing.domain()));
        }
        for (long number : dropped) {
            next = next.replacing(host(number).dropped());
        }
        roster = next;
        return signMasterFile(secrets);
    }

    /** The newest master file; empty while there is no host. */
    public Optional<MasterFile> masterFile() throws IOException {
        return local().kept();
    }

    private Member host(long number) throws RealmException {
        return roster.member(number)
                .filter(Member::isHost)
                .orElseThrow(
                        () -> new RealmException("There is no host number " + number + ". See 'cranny realm list'."));
    }

    private Member admit(JoinRequest request, String role, long quotaBytes, String domain) throws IOException {
        PublicKey key = RequestedKey.of(request.csr());
        String text = Base64.getEncoder().encodeToString(key.getEncoded());
        if (roster.members().stream().anyMatch(member -> member.key().equals(text))) {
            throw new RealmException("This very request was answered before: its machine is in the realm already."
                    + " Use the bundle that was made then, or have a fresh request made in another home.");
        }
        Optional<ForeignHost> foreign =
                Member.HOST.equals(role) ? ForeignHost.of(request, key, id()) : Optional.empty();
        String expires = Certificates.expiry(clock.instant())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        Member member = new Member(
                roster.nextNumber(),
                request.name(),
                role,
                text,
                request.address(),
                domain,
                quotaBytes,
                Member.HOST.equals(role),
                foreign.isPresent() ? null : expires,
                foreign.map(host -> host.system().uri()).orElse(null),
                foreign.map(ForeignHost::authority).orElse(null));
        keep(roster.with(member));
        return member;
    }

    private X509Certificate certificate(long number, PublicKey key, RealmSecrets secrets) {
        return new Certificates(random).system(new SystemId(id(), number), key, secrets, clock.instant());
    }

    private JoinBundle bundle(Member member, Right right, RealmSecrets secrets) throws IOException {
        try {
            PublicKey key = PublicKeys.p256(Base64.getDecoder().decode(member.key()));
            Enrolled enrolled = new Enrolled(
                    member.number(),
                    id().hex(),
                    certificates(member, key, secrets),
                    keys().text(),
                    null,
                    right == null ? null : allotment(member.number(), key, right, secrets));
            String masterFile = masterFile().map(MasterFile::text).orElse(null);
            return JoinBundle.of(member.name(), enrolled, right == null ? null : masterFile);
        } catch (MalformedException e) {
            throw damaged(e);
        }
    }

    /** A host of another realm keeps the certificate that it has. */
    private List<String> certificates(Member member, PublicKey key, RealmSecrets secrets) throws IOException {
        String authority = Certificates.pem(secrets.certificate());
        return member.identity() == null
                ? List.of(Certificates.pem(certificate(member.number(), key, secrets)), authority)
                : List.of(authority);
    }

    private String allotment(long number, PublicKey key, Right right, RealmSecrets secrets) {
        Instant now = clock.instant();
        return new Allotment(
                        new SystemId(id(), number),
                        PublicKeys.fingerprint(key),
                        now.minus(CLOCKS_DIFFER),
                        now.plus(Duration.ofDays(right.days())),
                        right.bytes(),
                        right.bytes(),
                        right.mayForget())
                .sign(secrets.grant().getPrivate())
                .text();
    }

    /** A machine of this realm whose home this is too gets the list at once. */
    private MasterFile signMasterFile(RealmSecrets secrets) throws IOException {
        keep(roster.withNextMasterFile());
        try {
            MasterFile made = MasterFileLines.sign(
                    id(),
                    roster.masterFileVersion(),
                    clock.instant(),
                    roster.listedHosts().stream().map(Member::host).toList(),
                    secrets.masterFile().getPrivate());
            LocalMasterFile local = local();
            local.accept(local.kept().map(MasterFile::version).orElse(0L), made.text());
            if (home.enrolled() && home.configuration().system().realm().equals(id())) {
                LocalMasterFile own = new LocalMasterFile(
                        home.masterFile(), secrets.masterFile().getPublic());
                own.accept(own.kept().map(MasterFile::version).orElse(0L), made.text());
            }
            return made;
        } catch (MalformedException e) {
            throw new IllegalStateException("a master file was made that cannot be read", e);
        }
    }

    private LocalMasterFile local() throws IOException {
        try {
            X509Certificate authority =
                    Certificates.read(Files.readAllBytes(home.ownRealm().resolve("ca.pem")));
            RealmKeys keys = RealmKeys.open(keys(), authority.getPublicKey());
            return new LocalMasterFile(home.ownRealm().resolve("master-file"), keys.masterFile());
        } catch (MalformedException | java.security.cert.CertificateException e) {
            throw damaged(e);
        }
    }

    private Signed keys() throws IOException, MalformedException {
        Path file = home.ownRealm().resolve("keys");
        return Signed.parse(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    private RealmSecrets secrets(char[] passphrase) throws IOException {
        return RealmSecrets.open(Files.readAllBytes(home.ownRealm().resolve("authority")), passphrase);
    }

    private void keep(Roster next) throws IOException {
        DurableFiles.write(members(home), WireRecords.write(next));
        roster = next;
    }

    private static Path members(Home home) {
        return home.ownRealm().resolve("members.json");
    }

    private static void refuse(JoinRequest request, String role) throws RealmException {
        boolean known = JoinRequest.KIND.equals(request.cranny()) && request.format() == JoinRequest.FORMAT;
        if (!known) {
            throw new RealmException("This is no request to join. Make one with 'cranny-daemon request' on a host, or"
                    + " 'cranny request' on a source.");
        }
        refuseName(request.name());
        if (request.roles() == null || !request.roles().contains(role)) {
            throw new RealmException("This is not the request of a " + role + ". Use 'cranny realm add-"
                    + (Member.HOST.equals(role) ? Member.SOURCE : Member.HOST) + "'.");
        }
    }

    private static void refuse(Right right) throws RealmException {
        if (right.days() < 1 || right.days() > MOST_DAYS || right.bytes() < 1) {
            throw new RealmException(
                    "A right to keep data holds for 1 to " + MOST_DAYS + " days, and for 1 octet at least.");
        }
    }

    private static void refuseName(String name) throws RealmException {
        if (name == null
                || name.isBlank()
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new RealmException("A name has 1 to " + LONGEST_NAME + " characters. Choose another one.");
        }
    }

    private static void refuseAddress(String address) throws RealmException {
        try {
            URI uri = URI.create(String.valueOf(address));
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPath().isEmpty()) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new RealmException("'" + address + "' is no address of a host. Write https://HOST:PORT.", e);
        }
        throw new RealmException("'" + address + "' is no address of a host. Write https://HOST:PORT.");
    }

    private RealmException damaged(Exception cause) {
        return new RealmException(
                "The realm in " + home.ownRealm() + " is damaged: " + cause.getMessage()
                        + ". Bring it back from a copy or a recovery kit.",
                cause);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
