package org.cranny.central.repair;

import java.io.IOException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.Daemons;
import org.cranny.central.placement.Sample;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Systems;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyAnswer.Copied;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemKind;

/** Has hosts fetch copies from each other, as a plan says, and believes what their receipts prove. */
final class Couriers {
    private static final Logger LOGGER = Logger.getLogger(Couriers.class.getName());

    /** Reasons for which a host that could not copy says that the other one is to blame. */
    private static final Set<String> BLAMES = Set.of(ProblemKind.NOT_FOUND.name(), ProblemKind.WRONG_HASH.name());

    private final Custody custody;
    private final Daemons daemons;
    private final StorageProofs proofs;
    private final Systems systems;
    private final Authority authority;
    private final AuditLog log;
    private final Settings settings;

    Couriers(
            Custody custody,
            Daemons daemons,
            StorageProofs proofs,
            Systems systems,
            Authority authority,
            AuditLog log,
            Settings settings) {
        this.custody = custody;
        this.daemons = daemons;
        this.proofs = proofs;
        this.systems = systems;
        this.authority = authority;
        this.log = log;
        this.settings = settings;
    }

    /** @param hosts by number @return how many copies were made */
    int run(RepairPlan plan, Map<Long, HostStatus> hosts) {
        ExecutorService threads = Executors.newFixedThreadPool(settings.copiesAtOnce(), Couriers::daemonThread);
        try {
            Map<RepairPlan.Order, Future<CopyAnswer>> underWay = new LinkedHashMap<>();
            for (RepairPlan.Order order : plan.orders()) {
                HostStatus to = hosts.get(order.to());
                String grant = grant(
                        Act.COPY, order.to(), authority.identity().certificate().getPublicKey(), order);
                CopyOrder wire = wire(order, hosts.get(order.from()));
                underWay.put(order, threads.submit(() -> daemons.copy(to, grant, wire)));
            }
            int made = 0;
            for (Map.Entry<RepairPlan.Order, Future<CopyAnswer>> each : underWay.entrySet()) {
                made += settle(each.getKey(), each.getValue(), hosts);
            }
            return made;
        } finally {
            threads.shutdownNow();
        }
    }

    private CopyOrder wire(RepairPlan.Order order, HostStatus from) {
        String grant = grant(Act.READ, order.from(), systems.key(order.to()), order);
        List<CopyOrder.Item> items = order.copies().stream()
                .map(copy -> new CopyOrder.Item(copy.pack().pack(), copy.pack().length()))
                .toList();
        String key =
                Base64.getEncoder().encodeToString(systems.key(order.source()).getEncoded());
        return new CopyOrder(
                order.from(),
                from.address(),
                grant,
                key,
                items,
                settings.copyBytesPerSecond(),
                settings.copyLinkPercent());
    }

    private String grant(Act act, long daemon, PublicKey holder, RepairPlan.Order order) {
        List<FragmentId> fragments = order.copies().stream()
                .map(copy -> FragmentId.of(copy.pack().pack()))
                .toList();
        return authority.grant(
                act,
                new SystemId(authority.realm(), daemon),
                holder,
                new SystemId(authority.realm(), order.source()),
                order.bytes(),
                fragments);
    }

    private int settle(RepairPlan.Order order, Future<CopyAnswer> answer, Map<Long, HostStatus> hosts) {
        try {
            SystemId source = new SystemId(authority.realm(), order.source());
            int made = 0;
            Map<Sample, String> lost = new LinkedHashMap<>();
            for (Copied copied : answer.get().fragments()) {
                for (RepairPlan.Copy copy : order.copies()) {
                    if (!copy.pack().pack().equals(copied.fragment())) {
                        continue;
                    }
                    if (copied.receipt() == null) {
                        FragmentId id = FragmentId.of(copied.fragment());
                        lost.put(new Sample(order.source(), id, id, copy.pack().length()), copied.reason());
                    } else if (custody.copied(source, copy.pack().with(copy.number(), copied.receipt()))) {
                        made++;
                    }
                }
            }
            lost.values().removeIf(reason -> reason == null || !BLAMES.contains(reason));
            if (!lost.isEmpty()) {
                hear(order, hosts.get(order.from()), lost);
            }
            return made;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new IllegalStateException(e.getCause());
            }
            LOGGER.log(Level.WARNING, "host {0} made no copies from host {1}: {2}", new Object[] {
                order.to(), order.from(), e.getCause().getMessage()
            });
            return 0;
        }
    }

    /**
     * A host says that another one does not have what it should: that one is asked itself, and what it proves counts. While
     * it gives no answer, the last copy of a pack goes on counting.
     */
    private void hear(RepairPlan.Order order, HostStatus accused, Map<Sample, String> said) {
        List<Sample> lost;
        try {
            List<Sample> unproved = proofs.unproved(accused, List.copyOf(said.keySet()));
            lost = unproved.stream()
                    .filter(each -> custody.lost(each.source(), each.pack(), accused.number()))
                    .toList();
            if (unproved.size() < said.size()) {
                log.append(
                        "central",
                        "contradicted",
                        "host " + order.to(),
                        "host " + accused.number() + " proved " + (said.size() - unproved.size())
                                + " fragments of which it says that that one has lost them");
            }
        } catch (IOException e) {
            LOGGER.log(Level.INFO, "host {0} does not prove what host {1} says that it has lost: {2}", new Object[] {
                accused.number(), order.to(), e.getMessage()
            });
            lost = said.keySet().stream()
                    .filter(each -> custody.doubted(each.source(), each.pack(), accused.number()))
                    .toList();
        }
        for (Sample each : lost) {
            log.append(
                    "central",
                    "copy lost",
                    "host " + accused.number(),
                    said.get(each) + ": " + each.fragment() + " of system " + each.source());
        }
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "copy");
        thread.setDaemon(true);
        return thread;
    }
}
