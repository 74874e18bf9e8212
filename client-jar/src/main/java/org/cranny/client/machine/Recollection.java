package org.cranny.client.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.masterfile.MasterFileRefusedException;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.RebuildOutcome;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.rebuild.Recall;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.source.Folders;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.masterfile.Host;

/** Brings back what a home has lost of its records: from central, and from hosts. */
public final class Recollection {
    private final Machine machine;
    private final Home home;

    Recollection(Machine machine) {
        this.machine = machine;
        this.home = machine.home();
    }

    /**
     * Asks central for what this home has lost of its records, and hosts for what central has no copy of; without
     * central, an index that is lost is made again from hosts. Costs a look at three files when nothing is lost.
     */
    void ofEverything() throws IOException {
        if (Folders.complete(home.folder())) {
            return;
        }
        try {
            if (!machine.central().snapshots(0).isEmpty()) {
                rebuild(machine.central());
            }
        } catch (NoCentralException e) {
            if (Folders.hasSnapshots(home.folder())) {
                rebuild(Remembered.NOTHING);
            }
        } catch (CatalogueAwayException e) {
            if (!Folders.hasSnapshots(home.folder())) {
                throw new IOException(
                        "This machine remembers no snapshot, and central cannot be asked for any. " + e.getMessage(),
                        e);
            }
            if (!Files.notExists(home.holdings())) {
                rebuild(Remembered.NOTHING);
            }
        }
    }

    /** Lists and backups go on without: what is not remembered is not shown, or sent again. */
    void ofSnapshots() throws IOException {
        if (!Folders.hasSnapshots(home.folder())) {
            try {
                if (!machine.central().snapshots(0).isEmpty()) {
                    rebuild(machine.central());
                }
            } catch (CatalogueAwayException away) {
                return;
            }
        }
    }

    /**
     * Asks hosts for snapshots that are newer than those that this home remembers, which a home made from a kit does. To be
     * called before the backups are opened; the index is made again then.
     */
    public Recall.Found fromHosts() throws IOException {
        try (HomeLock lock = home.lock("recall");
                HttpHosts transfer = new HttpHosts(machine.identity(), new NewestAllotment(home)::text, Limits.NONE);
                Holdings holdings = Holdings.open(home.holdings())) {
            assert lock != null;
            Snapshots snapshots = new Snapshots(home.snapshots(), machine.signers());
            long known =
                    snapshots.newest().map(each -> each.manifest().version()).orElse(0L);
            Recall recall =
                    new Recall(transfer, machine.keyRing(), machine.identity().system());
            Optional<String> newer = recall.ask(machine.hosts(), known);
            if (newer.isPresent() && !newer.get().isEmpty()) {
                takeNewerHosts(newer.get());
                recall.ask(machine.hosts(), known);
            }
            Recall.Found found = recall.take(snapshots, holdings);
            if (!found.snapshots().isEmpty()) {
                ChunkIndex.discard(home.folder().resolve("index"));
            }
            return found;
        }
    }

    /** A list that is not newer is left alone; the one that is known will do. */
    private void takeNewerHosts(String masterFile) throws IOException {
        try {
            machine.importMasterFile(masterFile);
        } catch (MasterFileRefusedException notNewer) {
            return;
        }
    }

    /**
     * Throws the local index away and makes it again from the packs' own footers: of central's copies, else of hosts. The
     * next backup reads every file. May be done again whenever it was stopped.
     *
     * @throws CatalogueAwayException when central is away; nothing was changed
     */
    public RebuildOutcome ofIndex(RebuildListener listener) throws IOException {
        Remembered remembered = machine.configuration().hasCentral() ? machine.central() : Remembered.NOTHING;
        remembered.snapshots(0);
        try (HomeLock lock = home.lock("rebuild-index")) {
            assert lock != null;
            ChunkIndex.discard(home.folder().resolve("index"));
            Folders.takeNothingForUnchanged(home.folder());
            return makeAgain(remembered, listener);
        }
    }

    private void rebuild(Remembered remembered) throws IOException {
        try (HomeLock lock = home.lock("rebuild")) {
            assert lock != null;
            if (!Folders.complete(home.folder())) {
                makeAgain(remembered, RebuildListener.SILENT);
            }
        }
    }

    private RebuildOutcome makeAgain(Remembered remembered, RebuildListener listener) throws IOException {
        try (Hosts transfer = new HttpHosts(machine.identity(), new NewestAllotment(home)::text, Limits.NONE)) {
            Map<Long, Host> byNumber =
                    machine.hosts().stream().collect(Collectors.toMap(Host::id, Function.identity()));
            Rebuilt.Order order = new Rebuilt.Order(
                    home.folder(),
                    machine.identity().system(),
                    machine.signers(),
                    machine.keyRing(),
                    LocalPacks.in(home.folder().resolve("packs")));
            return Rebuilt.rebuild(
                    order,
                    remembered,
                    holdings -> new HostPacks(holdings, byNumber, transfer, (host, pack, reason) -> {}),
                    listener);
        }
    }
}
