package org.cranny.central.anchor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.anchor.LogVerification.Witness;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Daemons;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.anchor.LogAnchor;
import org.cranny.protocol.masterfile.Host;

/**
 * Makes central unable to write another past. Every hour the head of the log, signed, goes to three daemons, in failure
 * domains of their own as long as there are so many, which keep it and give it back to nobody; whoever verifies the log asks the daemons.
 */
@ApplicationScoped
public class LogAnchors {
    private static final System.Logger LOG = System.getLogger(LogAnchors.class.getName());
    private static final int WITNESSES = 3;
    private static final int MOST_ASKED = 100;

    private final AuditLog log;
    private final Authority authority;
    private final Hosts hosts;
    private final Daemons daemons;
    private final Clock clock;

    protected LogAnchors() {
        this(null, null, null, null, null);
    }

    @Inject
    public LogAnchors(AuditLog log, Authority authority, Hosts hosts, Daemons daemons, Clock clock) {
        this.log = log;
        this.authority = authority;
        this.hosts = hosts;
        this.daemons = daemons;
        this.clock = clock;
    }

    /** Has the head of now kept by as many daemons as are wanted, or as there are. @return names of those that keep it */
    public List<String> anchor() {
        AuditLog.Head head = log.head();
        if (head.sequence() == 0) {
            return List.of();
        }
        String anchor =
                authority.anchor(head.sequence(), head.hash(), clock.instant()).text();
        List<String> keepers = new ArrayList<>();
        for (HostStatus host : apart(candidates())) {
            if (keepers.size() < WITNESSES && keeps(host, anchor)) {
                keepers.add(host.name());
            }
        }
        if (keepers.size() < WITNESSES) {
            LOG.log(Level.WARNING, "The log is anchored on {0} hosts instead of {1}", keepers.size(), WITNESSES);
        }
        return keepers;
    }

    /** First one of each failure domain, then the others. */
    private static List<HostStatus> apart(List<HostStatus> all) {
        Set<String> domains = new HashSet<>();
        List<HostStatus> firsts = new ArrayList<>();
        List<HostStatus> others = new ArrayList<>();
        all.forEach(host -> (domains.add(host.domain()) ? firsts : others).add(host));
        firsts.addAll(others);
        return firsts;
    }

    private boolean keeps(HostStatus host, String anchor) {
        try {
            daemons.anchor(host, anchor);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The log is not anchored on {0}: {1}", host.name(), e.getMessage());
            return false;
        }
    }

    /** Walks the whole chain and asks daemons what they keep of it. */
    public LogVerification verify() {
        Optional<Long> broken = log.firstBroken();
        AuditLog.Head head = log.head();
        List<Witness> witnesses = candidates().stream().map(this::ask).toList();
        boolean contradicted =
                witnesses.stream().anyMatch(witness -> witness.state().equals("DIFFERS"));
        return new LogVerification(
                broken.isEmpty() && !contradicted, broken.orElse(null), head.sequence(), head.hash(), witnesses);
    }

    private Witness ask(HostStatus host) {
        try {
            List<LogAnchor> kept = daemons.anchors(host).stream()
                    .flatMap(text -> authority.anchored(text).stream())
                    .sorted(Comparator.comparingLong(LogAnchor::sequence))
                    .toList();
            Map<Long, String> now =
                    log.hashes(kept.stream().map(LogAnchor::sequence).toList());
            Optional<LogAnchor> differs = kept.stream()
                    .filter(anchor -> !anchor.hash().equals(now.get(anchor.sequence())))
                    .findFirst();
            String state = kept.isEmpty() ? "NONE" : differs.isPresent() ? "DIFFERS" : "AGREES";
            Long newest = kept.isEmpty() ? null : kept.get(kept.size() - 1).sequence();
            return new Witness(
                    host.number(),
                    host.name(),
                    state,
                    kept.size(),
                    newest,
                    differs.map(LogAnchor::sequence).orElse(null));
        } catch (IOException e) {
            return new Witness(host.number(), host.name(), "AWAY", 0, null, null);
        }
    }

    /** The same ones each time, as long as they are there: those that have been here longest. */
    private List<HostStatus> candidates() {
        return hosts.all().stream()
                .filter(host -> host.address() != null && host.state() != Host.State.QUARANTINED)
                .sorted(Comparator.comparingLong(HostStatus::number))
                .limit(MOST_ASKED)
                .toList();
    }
}
