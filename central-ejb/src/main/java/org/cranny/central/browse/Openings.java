package org.cranny.central.browse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.PackCopies;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Systems;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.keys.LabelKeys;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.Rebuilt;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.source.Folders;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.SnapshotLine;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Opens a source from what central has: manifests, placements, copies of tree and index packs; and, where these do not
 * suffice, from hosts, which let central read with a grant.
 */
@ApplicationScoped
public class Openings {
    private static final long SLACK_BYTES = 256L << 20;

    private final WorkFolders folders;
    private final Systems systems;
    private final Hosts hosts;
    private final Authority authority;
    private final Custody custody;
    private final PackCopies copies;
    private final Snapshots snapshots;
    private final Clock clock;

    protected Openings() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public Openings(
            WorkFolders folders,
            Systems systems,
            Hosts hosts,
            Authority authority,
            Custody custody,
            PackCopies copies,
            Snapshots snapshots,
            Clock clock) {
        this.folders = folders;
        this.systems = systems;
        this.hosts = hosts;
        this.authority = authority;
        this.custody = custody;
        this.copies = copies;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /** Whether these keys are those of the source's newest snapshot. Any are, when there is none. */
    public boolean fits(SystemId source, LabelKeys keys) {
        List<SnapshotLine> lines = snapshots.newest(source);
        if (lines.isEmpty()) {
            return true;
        }
        try {
            Signed signed = Signed.parse(lines.get(0).manifest());
            for (PublicKey signer : systems.signers(source.number())) {
                if (opens(signed, signer, keys)) {
                    return true;
                }
            }
        } catch (MalformedException damaged) {
            throw new IllegalStateException("a manifest of system " + source.number() + " is damaged", damaged);
        }
        return false;
    }

    private static boolean opens(Signed signed, PublicKey signer, LabelKeys keys) {
        try {
            Manifest manifest = Manifest.open(signed, signer);
            LabelSeal.open(manifest.label(), keys, manifest.source(), manifest.version());
            return true;
        } catch (MalformedException other) {
            return false;
        }
    }

    /** Opens with the hosts at hand. @param keys of the source; they stay the caller's */
    public Opened open(SystemId source, PackKeys keys, RebuildListener listener) throws IOException {
        MachineIdentity self = authority.identity();
        Map<Long, Host> reachable =
                hosts.all().stream().collect(Collectors.toMap(HostStatus::number, HostStatus::host));
        Set<String> away = Collections.synchronizedSet(new TreeSet<>());
        Holdings[] known = new Holdings[1];
        ReadGrants grants =
                new ReadGrants(authority, self.certificate().getPublicKey(), source, () -> allowance(known[0]), clock);
        Served served = new Served(HttpHosts.reading(self, grants::at));
        Function<Holdings, PackSource> packs = holdings -> {
            known[0] = holdings;
            return new HostPacks(holdings, reachable, served, (host, pack, reason) -> away.add(host.name()));
        };
        return open(source, keys, packs, served, away, listener);
    }

    /** Opens with what is at central alone; no host is woken. */
    public Opened openHere(SystemId source, PackKeys keys) throws IOException {
        return open(source, keys, holdings -> new NoPacks(), null, Set.of(), RebuildListener.SILENT);
    }

    /**
     * Makes what a source knows of its own backups again in this folder, unless it is there, from what is at central.
     *
     * @param hosts asked only for what central has no copy of
     */
    public void remember(Path folder, SystemId source, PackKeys keys, Function<Holdings, PackSource> hosts)
            throws IOException {
        if (Folders.complete(folder) || snapshots.newest(source).isEmpty()) {
            return;
        }
        Rebuilt.rebuild(
                order(folder, source, keys),
                new CentralsMemory(source, snapshots, custody),
                hosts,
                RebuildListener.SILENT);
    }

    private Rebuilt.Order order(Path folder, SystemId source, PackKeys keys) {
        return new Rebuilt.Order(
                folder, source, systems.signers(source.number()), keys, LocalPacks.ofOthers(copies.folder(source)));
    }

    private Opened open(
            SystemId source,
            PackKeys keys,
            Function<Holdings, PackSource> packs,
            Served served,
            Set<String> away,
            RebuildListener listener)
            throws IOException {
        Path folder = folders.make("system-" + source.number());
        boolean open = false;
        try {
            Rebuilt.Order order = order(folder, source, keys);
            CentralsMemory memory = new CentralsMemory(source, snapshots, custody);
            Rebuilt.rebuild(order, memory, packs, listener);
            Rebuilt records = Rebuilt.open(order);
            Opened opened = new Opened(folder, records, packs.apply(records.holdings()), served, away);
            open = true;
            return opened;
        } finally {
            if (!open) {
                WorkFolders.remove(folder);
            }
        }
    }

    /** What reading everything moves, and half as much again, in case copies are wrong. */
    private static long allowance(Holdings holdings) {
        long all = holdings.all().stream()
                .mapToLong(holding -> holding.pack().length())
                .sum();
        return all + all / 2 + SLACK_BYTES;
    }

    /** Says that there is nothing but what is at central. */
    private static final class NoPacks implements PackSource {
        @Override
        public byte[] read(FragmentId pack, long offset, int length) throws IOException {
            throw notHere(pack);
        }

        @Override
        public PackHeader header(FragmentId pack, long length) throws IOException {
            throw notHere(pack);
        }

        private static IOException notHere(FragmentId pack) {
            return new IOException("Central has no copy of pack "
                    + pack.toString().substring(0, 8) + "; its hosts are not asked to list files.");
        }

        @Override
        public boolean wasWrong(FragmentId pack, IOException why) {
            return false;
        }
    }
}
