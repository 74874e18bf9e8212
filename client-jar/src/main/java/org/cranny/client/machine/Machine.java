package org.cranny.client.machine;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.client.central.Central;
import org.cranny.client.enrollment.CertificateRenewal;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeException;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.client.owner.OwnRates;
import org.cranny.engine.backup.Catalogue;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.backup.OwnCatalogue;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.retention.Forgetting;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * An enrolled machine. Opens identity, keys and central's address when they are first asked for, so that a command pays
 * only for what it uses; whatever can be answered from the home is answered without central. Thread-safe.
 */
public final class Machine implements AutoCloseable {
    private final Home home;
    private final Configuration configuration;
    private final Clock clock;
    private MachineIdentity identity;
    private RealmKeys realmKeys;
    private final List<KeyRing> keyRings = new ArrayList<>();
    private Central central;

    private Machine(Home home, Configuration configuration, Clock clock) {
        this.home = home;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** @throws HomeException when this machine is not enrolled there */
    public static Machine open(Home home) throws IOException {
        return open(home, Clock.systemUTC());
    }

    /** As {@link #open(Home)}, by this clock. */
    public static Machine open(Home home, Clock clock) throws IOException {
        return new Machine(home, home.configuration(), clock);
    }

    public Home home() {
        return home;
    }

    public Configuration configuration() {
        return configuration;
    }

    public synchronized MachineIdentity identity() throws IOException {
        if (identity == null) {
            identity = home.identity();
        }
        return identity;
    }

    public synchronized RealmKeys realmKeys() throws IOException {
        if (realmKeys == null) {
            realmKeys = home.realmKeys(identity().authority().getPublicKey());
        }
        return realmKeys;
    }

    /** From now on these are the realm's keys. */
    synchronized void keepRealmKeys(String signed) throws IOException {
        home.keepRealmKeys(signed);
        realmKeys = null;
    }

    /** The keys that open this source's backups; destroyed with this. */
    public synchronized KeyRing keyRing() throws IOException {
        return keyRings.isEmpty() ? rereadKeyRing() : keyRings.get(keyRings.size() - 1);
    }

    /** As {@link #keyRing()}, as it is in the home now: another process may have rotated the keys. */
    public synchronized KeyRing rereadKeyRing() throws IOException {
        byte[] octets = home.readKeyRing();
        try {
            keyRings.add(KeyRing.decode(octets));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
        return keyRings.get(keyRings.size() - 1);
    }

    /** As this machine with a certificate that is renewed in time, or late. @throws NoCentralException in a realm that has none */
    public synchronized Central central() throws IOException {
        if (!configuration.hasCentral()) {
            throw new NoCentralException();
        }
        if (central == null) {
            renewIdentity();
            central = new Central(configuration.machines(), identity());
        }
        return central;
    }

    /**
     * Renews this machine's certificate when it is time, or takes the one that another process had renewed. Connections
     * to central that are made afterwards show the new one.
     *
     * @return until when the new one is good; empty when it was not time
     * @throws CatalogueAwayException while central is away
     * @throws ProblemException REVOKED, and what else central answers
     */
    public synchronized Optional<Instant> renewInTime() throws IOException {
        if (!configuration.hasCentral() || !isDue(identity())) {
            return Optional.empty();
        }
        MachineIdentity kept = home.identity();
        identity = isDue(kept) ? new CertificateRenewal(home, clock).renew() : kept;
        realmKeys = null;
        if (central != null) {
            central.show(identity);
        }
        return Optional.of(identity.certificate().getNotAfter().toInstant());
    }

    private boolean isDue(MachineIdentity self) {
        return Renewal.due(self.certificate(), clock.instant());
    }

    /** Before the certificate expires, central's silence is no obstacle. */
    private void renewIdentity() throws IOException {
        try {
            renewInTime();
        } catch (IOException | ProblemException e) {
            if (!clock.instant().isBefore(identity().certificate().getNotAfter().toInstant())) {
                throw e;
            }
        }
    }

    /** Where snapshots are committed: central, or this machine's own records in a realm that has none. */
    Catalogue catalogue() throws IOException {
        return configuration.hasCentral()
                ? new KeepingAllotments(central(), home)
                : new OwnCatalogue(masterFile().text());
    }

    public LocalMasterFile localMasterFile() throws IOException {
        return new LocalMasterFile(home.masterFile(), realmKeys().masterFile());
    }

    /** Asks central what changed, and keeps it. */
    public MasterFile refreshMasterFile() throws IOException {
        LocalMasterFile local = localMasterFile();
        Optional<MasterFile> kept = local.kept();
        long since = kept.map(MasterFile::version).orElse(0L);
        Optional<String> answer = central().masterFile(since);
        return answer.isPresent()
                ? local.accept(since, answer.get())
                : kept.orElseThrow(() -> new IOException("Central sent no master file. Try again later."));
    }

    /**
     * Takes a master file that came as a file.
     *
     * @return the newest one, on disk
     * @throws org.cranny.client.masterfile.MasterFileRefusedException when its version is lower than the one known, or
     *     the realm did not sign it
     */
    public MasterFile importMasterFile(String text) throws IOException {
        LocalMasterFile local = localMasterFile();
        return local.accept(local.kept().map(MasterFile::version).orElse(0L), text);
    }

    /** What is kept, or a first one from central. */
    public MasterFile masterFile() throws IOException {
        Optional<MasterFile> kept = localMasterFile().kept();
        return kept.isPresent() ? kept.get() : refreshMasterFile();
    }

    public List<Host> hosts() throws IOException {
        return LocalMasterFile.hosts(masterFile());
    }

    /** The snapshots of this source, from its own home; when there is none, from central if it can be asked. */
    public Snapshots snapshots() throws IOException {
        recollection().ofSnapshots();
        return new Snapshots(home.snapshots(), signers());
    }

    /** The snapshots of this source that its home holds, oldest first; nobody is asked. */
    public List<Snapshot> snapshotsAtHand() throws IOException {
        return new Snapshots(home.snapshots(), signers()).list();
    }

    /** Since when this snapshot is forgotten, where {@code cranny forget --recall} still brings it back; else empty. */
    public Optional<Instant> recallable(Snapshot snapshot) throws IOException {
        return Optional.ofNullable(
                Forgetting.recallable(home.folder()).get(snapshot.manifest().version()));
    }

    List<PublicKey> signers() throws IOException {
        List<PublicKey> signers = new ArrayList<>(home.formerKeys());
        signers.add(identity().certificate().getPublicKey());
        return signers;
    }

    /** What this home has lost of its records, and how it comes back. */
    public Recollection recollection() {
        return new Recollection(this);
    }

    /** Whether a snapshot is known wherever it has to be: at central, where there is one. */
    public boolean committed(Snapshot snapshot) {
        return snapshot.committed() != null || !configuration.hasCentral();
    }

    /** The newest snapshot, when it was made while central was away and central does not have it yet; nobody is asked. */
    public Optional<Snapshot> waiting() throws IOException {
        return new Snapshots(home.snapshots(), signers()).newest().filter(snapshot -> !committed(snapshot));
    }

    /** What people recognise a snapshot by. */
    public Label label(Snapshot snapshot) throws IOException {
        try {
            Manifest manifest = snapshot.manifest();
            return LabelSeal.open(manifest.label(), keyRing(), manifest.source(), manifest.version());
        } catch (MalformedException e) {
            throw new IOException(
                    "The label of snapshot " + snapshot.shortId() + " cannot be read: " + e.getMessage()
                            + ". Its manifest is damaged, or keys.ring is not the one it was made with.",
                    e);
        }
    }

    /**
     * Opens the backups to make another one, which one process at a time may. Central is asked for the newest master
     * file; its silence is no obstacle as long as one is known.
     */
    public Backups toBackUp() throws IOException {
        return toBackUp(Limits.NONE);
    }

    /** As {@link #toBackUp()}, and sends and fetches no faster than this, and than its owner allows. */
    public Backups toBackUp(Limits limits) throws IOException {
        recollection().ofSnapshots();
        LatestRealmKeys.take(this);
        return Backups.open(this, home.lock("backup"), () -> OwnHosts.last(newestHosts()), limits.and(own()));
    }

    /** Opens the backups to forget some of them, which one process at a time may, and none while a backup runs. */
    public Backups toForget() throws IOException {
        recollection().ofEverything();
        return Backups.open(this, home.lock("forgetting"), this::hosts, Limits.NONE);
    }

    /** Opens the backups to list, restore or check them; central is asked only for what this home has lost. */
    public Backups toRead() throws IOException {
        return toRead(Limits.NONE);
    }

    /** As {@link #toRead()}, and fetches no faster than this, and than its owner allows. */
    public Backups toRead(Limits limits) throws IOException {
        recollection().ofEverything();
        return Backups.open(this, home.lockForReading(), this::hosts, limits.and(own()));
    }

    private Limits own() throws IOException {
        return new OwnRates(home).kept().limits();
    }

    private List<Host> newestHosts() throws IOException {
        try {
            return LocalMasterFile.hosts(refreshMasterFile());
        } catch (CatalogueAwayException e) {
            MasterFile kept = localMasterFile().kept().orElseThrow(() -> e);
            return LocalMasterFile.hosts(kept);
        }
    }

    @Override
    public synchronized void close() {
        if (central != null) {
            central.close();
        }
        keyRings.forEach(KeyRing::destroy);
    }
}
