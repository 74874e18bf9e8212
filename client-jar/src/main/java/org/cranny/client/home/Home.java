package org.cranny.client.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * The folder that makes this machine a source: its identity, its keys, and what it remembers of its backups.
 * Mode 0700; every file in it is written whole or not at all.
 *
 * <pre>
 * config.json          addresses, realm, number, name; written last by enrollment
 * identity.p12         key and certificate, opened by identity.password
 * realm/ca.pem         the authority, pinned at enrollment
 * realm/keys           the realm's keys, signed by the authority
 * realm/former-keys    keys of the machine whose place this one took, for what they signed
 * keys.ring            the only secret that opens this source's backups
 * keys.ring.next       keys of a rotation that are not in escrow yet
 * allotment            the newest signed allotment
 * master-file          the newest signed list of hosts
 * folders              what the owner of this machine chose to back up
 * pause                since when and until when the owner paused the agent
 * rates                how fast the owner lets this machine send and fetch
 * holds                what the owner lets planned backups wait for
 * news                 what happened lately, for the owner
 * window               light or dark, where the owner's window was switched
 * policy.json          what central wants of this source; hooks/ holds the programs that it may name
 * findings/            copies that were found missing or wrong, until central was told
 * restores/            restores that were made here, until central was told
 * served               the newest planned time that a backup was made for
 * index/ packs/ cache/ spool/ snapshots/ journal/ holdings epoch forgetting    the engine's
 * agent/               the agent's name, the job it has, its lock
 * upgrade/             where central installed this program: its next version, while it is fetched and applied
 * places/              homes of lost machines whose places this one took
 * lock                 held while a backup runs or is read
 * enrolling/           an enrollment that is not finished
 * joining.key          the key of a request to join that was not answered yet
 * own-realm/           a realm that is kept here, where there is no central
 * </pre>
 */
public final class Home {
    private final Path folder;

    private Home(Path folder) {
        this.folder = folder;
    }

    public static Home at(Path folder) {
        return new Home(folder.toAbsolutePath().normalize());
    }

    public Path folder() {
        return folder;
    }

    public Path snapshots() {
        return folder.resolve("snapshots");
    }

    public Path config() {
        return folder.resolve("config.json");
    }

    public Path identityFile() {
        return folder.resolve("identity.p12");
    }

    public Path identityPassword() {
        return folder.resolve("identity.password");
    }

    public Path authority() {
        return folder.resolve("realm").resolve("ca.pem");
    }

    public Path realmKeysFile() {
        return folder.resolve("realm").resolve("keys");
    }

    /** Public keys with which this source signed before another machine took its place, base64, one a line. */
    public Path formerKeysFile() {
        return folder.resolve("realm").resolve("former-keys");
    }

    public Path keyRing() {
        return folder.resolve("keys.ring");
    }

    /** A ring that takes the place of {@link #keyRing} when it is in escrow. */
    public Path nextKeyRing() {
        return folder.resolve("keys.ring.next");
    }

    public Path allotmentFile() {
        return folder.resolve("allotment");
    }

    public Path masterFile() {
        return folder.resolve("master-file");
    }

    public Path policyFile() {
        return folder.resolve("policy.json");
    }

    /** Folders that the owner of this machine chose, one path a line in its notation. */
    public Path foldersFile() {
        return folder.resolve("folders");
    }

    /** Two instants, from when until when the owner paused the agent; missing while it is not paused. */
    public Path pauseFile() {
        return folder.resolve("pause");
    }

    /** How many octets a second the owner lets this machine send and fetch. */
    public Path ratesFile() {
        return folder.resolve("rates");
    }

    /** What the owner lets planned backups wait for. */
    public Path holdsFile() {
        return folder.resolve("holds");
    }

    /** What happened lately, for the owner. */
    public Path newsFile() {
        return folder.resolve("news");
    }

    /** Why the agent holds back just now, for those who ask beside it; counts only while {@link #agentRuns}. */
    public Path heldFile() {
        return agentFolder().resolve("held");
    }

    /** Whether this home's agent runs; a hint only, no lock is taken. */
    public boolean agentRuns() {
        return HomeLock.holder(agentFolder().resolve("lock"))
                .flatMap(holder -> ProcessHandle.of(holder.process()))
                .isPresent();
    }

    /** Whether the window of this home is {@code LIGHT} or {@code DARK}; missing while it is as the desktop. */
    public Path windowFile() {
        return folder.resolve("window");
    }

    /** Programs that a policy may name as hooks. */
    public Path hooks() {
        return folder.resolve("hooks");
    }

    /** The newest planned time that a backup was made for. */
    public Path servedFile() {
        return folder.resolve("served");
    }

    /** Copies on hosts that were found missing or wrong, until central was told; a file for each run that found some. */
    public Path findings() {
        return folder.resolve("findings");
    }

    /** Restores that were made here, until central was told; a file for each. */
    public Path restores() {
        return folder.resolve("restores");
    }

    /** Files of a trial restore, while it runs. */
    public Path trialRestore() {
        return folder.resolve("trial-restore");
    }

    /** What the agent remembers. */
    public Path agentFolder() {
        return folder.resolve("agent");
    }

    /** The key pair of a request to join: PKCS#8 and SubjectPublicKeyInfo, base64, a line each. */
    public Path joiningKey() {
        return folder.resolve("joining.key");
    }

    /** Keys and members of a realm that is kept by hand. */
    public Path ownRealm() {
        return folder.resolve("own-realm");
    }

    public Path holdings() {
        return folder.resolve("holdings");
    }

    /** Homes of lost machines whose places this machine took when central told its agent to, by number of recovery. */
    public Path places() {
        return folder.resolve("places");
    }

    public boolean enrolled() {
        return !Files.notExists(config());
    }

    /** @throws HomeException also when this machine is not enrolled here */
    public Configuration configuration() throws IOException {
        byte[] octets = read(config())
                .orElseThrow(() -> new HomeException("This machine is not enrolled (there is no " + config()
                        + "). Run `cranny enroll`, or name its home with --home."));
        try {
            return Configuration.decode(octets);
        } catch (MalformedException e) {
            throw damaged(config(), e);
        }
    }

    /** Key and certificate of this machine. */
    public MachineIdentity identity() throws IOException {
        byte[] password = need(identityPassword());
        return MachineIdentity.load(
                identityFile(),
                new String(password, StandardCharsets.US_ASCII).strip().toCharArray());
    }

    /** The realm's keys, checked against the authority that this machine pinned. */
    public RealmKeys realmKeys(PublicKey authority) throws IOException {
        try {
            return RealmKeys.open(Signed.parse(text(need(realmKeysFile()))), authority);
        } catch (MalformedException e) {
            throw damaged(realmKeysFile(), e);
        }
    }

    /** Keys with which this source signed before; none on a machine that took nobody's place. */
    public List<PublicKey> formerKeys() throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (String line :
                read(formerKeysFile()).map(Home::text).orElse("").lines().toList()) {
            try {
                keys.add(PublicKeys.p256(Base64.getDecoder().decode(line)));
            } catch (MalformedException | IllegalArgumentException e) {
                throw damaged(formerKeysFile(), e);
            }
        }
        return keys;
    }

    /** The key ring's octets; the caller wipes them. */
    public byte[] readKeyRing() throws IOException {
        return need(keyRing());
    }

    /** The octets of a ring that waits for its deposit; the caller wipes them. */
    public Optional<byte[]> readNextKeyRing() throws IOException {
        return read(nextKeyRing());
    }

    /** The newest allotment, base64url, or empty. */
    public Optional<String> allotment() throws IOException {
        return read(allotmentFile()).map(Home::text);
    }

    public void keepRealmKeys(String signed) throws IOException {
        DurableFiles.write(realmKeysFile(), (signed + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    public void keepAllotment(String signed) throws IOException {
        DurableFiles.write(allotmentFile(), (signed + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * To be held while the home is changed.
     *
     * @param work as others are told, for example {@code backup}
     * @throws HomeBusyException when another process has it, naming that process
     */
    public HomeLock lock(String work) throws IOException {
        return HomeLock.alone(folder.resolve("lock"), work);
    }

    /** What the home is changed for just now, also by this process; a hint only, no lock is taken. */
    public Optional<String> changer() {
        return HomeLock.holder(folder.resolve("lock"))
                .filter(holder -> ProcessHandle.of(holder.process()).isPresent())
                .map(HomeLock.Holder::work);
    }

    /** What another process changes the home for just now, for example {@code backup}; a hint only, no lock is taken. */
    public Optional<String> changedFor() {
        return HomeLock.holder(folder.resolve("lock"))
                .filter(holder -> holder.process() != ProcessHandle.current().pid())
                .filter(holder -> ProcessHandle.of(holder.process()).isPresent())
                .map(HomeLock.Holder::work);
    }

    /** To be held by the one agent of this machine for as long as it runs. @throws HomeBusyException while there is one */
    public HomeLock lockForAgent() throws IOException {
        DurableFiles.makeFolder(agentFolder());
        return HomeLock.alone(agentFolder().resolve("lock"), "agent");
    }

    /** To be held while the realm that is kept here is used. @throws HomeBusyException while another process has it */
    public HomeLock lockForRealm() throws IOException {
        return HomeLock.alone(ownRealm().resolve("lock"), "realm command");
    }

    /** To be held while backups are read; several processes may. @throws HomeBusyException while the home is changed */
    public HomeLock lockForReading() throws IOException {
        return HomeLock.shared(folder.resolve("lock"));
    }

    private static byte[] need(Path file) throws IOException {
        return read(file)
                .orElseThrow(() -> new HomeException("The file " + file
                        + " is missing. Bring it back from a copy, or enroll again with another --home."));
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII).strip();
    }

    private static HomeException damaged(Path file, Exception cause) {
        return new HomeException(
                "The file " + file + " is damaged: " + cause.getMessage()
                        + ". Bring it back from a copy, or enroll again with another --home.",
                cause);
    }
}
