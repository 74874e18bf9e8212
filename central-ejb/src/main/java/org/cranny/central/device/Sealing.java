package org.cranny.central.device;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Openings;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.PackCopies;
import org.cranny.central.policy.Policies;
import org.cranny.central.reliability.Heartbeats;
import org.cranny.central.snapshot.Leases;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.engine.backup.Addition;
import org.cranny.engine.backup.Additions;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.Rules;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.placement.Places;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.source.Source;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Makes snapshots of what devices uploaded, with the engine and under the rules of any other source: its own keys,
 * allotment, turn and policy, receipts of two hosts or more before anything counts as kept.
 */
@ApplicationScoped
class Sealing {
    private static final Logger LOGGER = Logger.getLogger(Sealing.class.getName());
    private static final int PAGE = 1_000;

    private final Spool spool;
    private final DeviceIdentities identities;
    private final Systems systems;
    private final Hosts hosts;
    private final Authority authority;
    private final Policies policies;
    private final Openings openings;
    private final Leases leases;
    private final Custody custody;
    private final PackCopies copies;
    private final Snapshots snapshots;
    private final Heartbeats heartbeats;
    private final Clock clock;
    private final SecureRandom random;
    private final BiFunction<MachineIdentity, Supplier<String>, org.cranny.engine.transfer.Hosts> transfer;

    protected Sealing() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    Sealing(
            Spool spool,
            DeviceIdentities identities,
            Systems systems,
            Hosts hosts,
            Authority authority,
            Policies policies,
            Openings openings,
            Leases leases,
            Custody custody,
            PackCopies copies,
            Snapshots snapshots,
            Heartbeats heartbeats,
            Clock clock,
            SecureRandom random) {
        this(
                spool,
                identities,
                systems,
                hosts,
                authority,
                policies,
                openings,
                leases,
                custody,
                copies,
                snapshots,
                heartbeats,
                clock,
                random,
                (identity, allotment) -> new HttpHosts(identity, allotment, Limits.NONE));
    }

    Sealing(
            Spool spool,
            DeviceIdentities identities,
            Systems systems,
            Hosts hosts,
            Authority authority,
            Policies policies,
            Openings openings,
            Leases leases,
            Custody custody,
            PackCopies copies,
            Snapshots snapshots,
            Heartbeats heartbeats,
            Clock clock,
            SecureRandom random,
            BiFunction<MachineIdentity, Supplier<String>, org.cranny.engine.transfer.Hosts> transfer) {
        this.spool = spool;
        this.identities = identities;
        this.systems = systems;
        this.hosts = hosts;
        this.authority = authority;
        this.policies = policies;
        this.openings = openings;
        this.leases = leases;
        this.custody = custody;
        this.copies = copies;
        this.snapshots = snapshots;
        this.heartbeats = heartbeats;
        this.clock = clock;
        this.random = random;
        this.transfer = transfer;
    }

    /** Puts all that waits of a device into snapshots. What a failure leaves waits on, and is used by the next try. */
    void seal(Machine device) throws IOException, InterruptedException {
        SystemId id = new SystemId(authority.realm(), device.number());
        try (DeviceKeys keys = identities.open(device.number())) {
            identities.follow(device.number(), keys);
            MachineIdentity identity = identities.identity(device.number(), keys);
            Supplier<String> allotment =
                    () -> authority.allot(id, identity.certificate().getPublicKey());
            Map<Long, Host> listed =
                    hosts.all().stream().collect(Collectors.toMap(HostStatus::number, HostStatus::host));
            Path home = spool.home(device.number());
            try (var reachable = transfer.apply(identity, allotment)) {
                openings.remember(
                        home, id, keys.ring(), holdings -> new HostPacks(holdings, listed, reachable, Sealing::failed));
                try (Source source = Source.open(home, identity, keys.ring(), systems.signers(device.number()))) {
                    learnMoves(source);
                    Backup backup = new Backup(
                            source,
                            new DirectCatalogue(id, leases, custody, copies, snapshots, heartbeats),
                            reachable,
                            listed,
                            authority.publicKeys().catalogue(),
                            new HostPacks(source.holdings(), listed, reachable, Sealing::failed),
                            clock,
                            random);
                    for (List<Waiting> batch = spool.batch(device.number());
                            !batch.isEmpty();
                            batch = spool.batch(device.number())) {
                        backup.add(request(device), additions(batch), listener(device));
                        spool.done(device.number(), batch);
                    }
                }
            }
        }
    }

    private BackupRequest request(Machine device) {
        Policy policy = policies.effective(device.number()).policy();
        return new BackupRequest(
                new Label(List.of(new byte[] {'/'}), device.name(), List.of(), ""),
                false,
                Rules.NONE,
                Compression.of(policy.compression()),
                policy.copies() == null ? 0 : policy.copies());
    }

    private static Additions additions(List<Waiting> batch) {
        Path folder = batch.get(0).folder().getParent();
        return new Additions(
                folder,
                batch.stream()
                        .filter(each -> !each.upload().deletion())
                        .map(each -> new Addition(
                                new FileName(each.name()).octets(),
                                folder.relativize(each.content()).toString(),
                                each.upload().modified()))
                        .toList(),
                batch.stream()
                        .filter(each -> each.upload().deletion())
                        .map(each -> new FileName(each.name()).octets())
                        .toList());
    }

    private void learnMoves(Source source) throws IOException {
        for (boolean more = true; more; ) {
            MovedPlacements moved = custody.moved(source.system(), source.moves(), PAGE);
            for (Placement placement : moved.packs()) {
                source.holdings().move(Places.of(placement));
            }
            if (moved.cursor() != source.moves()) {
                source.moves(moved.cursor());
            }
            more = moved.more();
        }
    }

    private static void failed(Host host, Object pack, Object reason) {
        LOGGER.log(Level.FINE, "host {0} did not give a pack: {1}", new Object[] {host.name(), reason});
    }

    /** No file's name goes into the server's log. */
    private static BackupListener listener(Machine device) {
        return new BackupListener() {
            @Override
            public void unread(byte[] path, String reason) {
                LOGGER.log(Level.WARNING, "a file of device {0} leaves its next snapshot: it {1}", new Object[] {
                    String.valueOf(device.number()), reason
                });
            }

            @Override
            public void notice(String line) {
                LOGGER.log(Level.INFO, "device {0}: {1}", new Object[] {String.valueOf(device.number()), line});
            }
        };
    }
}
