package org.cranny.client.status;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.client.guest.Held;
import org.cranny.client.home.Configuration;
import org.cranny.client.machine.Machine;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.report.Human;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.signing.Signed;

/**
 * How this machine's backups stand, as far as it knows itself; central is asked once, and its silence is part of the
 * answer.
 *
 * @param centralTrouble why central did not answer, or empty
 * @param masterFileVersion newest known, 0 for none
 * @param allotmentExpires empty when there is no usable allotment
 * @param hold why the agent holds back
 * @param rates that the owner set
 */
public record Overview(
        Configuration configuration,
        Optional<String> centralTrouble,
        long masterFileVersion,
        List<Host> hosts,
        Optional<Instant> allotmentExpires,
        int snapshots,
        Optional<Snapshot> last,
        Optional<AgentHold> hold,
        OwnRates.Rates rates) {

    private static final Clock CLOCK = Clock.systemDefaultZone();

    public static Overview of(Machine machine) throws IOException {
        Optional<String> trouble = refresh(machine);
        Optional<MasterFile> masterFile = machine.localMasterFile().kept();
        List<Snapshot> snapshots = machine.snapshots().kept();
        return new Overview(
                machine.configuration(),
                trouble,
                masterFile.map(MasterFile::version).orElse(0L),
                masterFile.isPresent() ? LocalMasterFile.hosts(masterFile.get()) : List.of(),
                allotmentExpires(machine),
                snapshots.size(),
                snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1)),
                Held.of(machine.home(), CLOCK),
                new OwnRates(machine.home()).kept());
    }

    private static Optional<String> refresh(Machine machine) {
        try {
            machine.refreshMasterFile();
            return Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Instant> allotmentExpires(Machine machine) throws IOException {
        Optional<String> text = machine.home().allotment();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Signed signed = Signed.parse(text.get());
            return Optional.of(
                    Allotment.open(signed, machine.realmKeys().grant()).expires());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** For people. */
    public List<String> sentences() {
        List<String> lines = new ArrayList<>();
        lines.add(protection());
        hold.ifPresent(held -> lines.add(Held.sentence(held, CLOCK)));
        lines.add("This machine is '" + configuration.name() + "', number "
                + configuration.system().number() + " of realm "
                + configuration.system().realm() + ".");
        lines.add(central());
        lines.add(lent());
        lines.add(right());
        if (!rates.equals(OwnRates.Rates.NONE)) {
            lines.add(rates.sentence());
        }
        if (OneMachine.holdsAll(hosts)) {
            lines.add(OneMachine.WARNING);
        }
        return lines;
    }

    private String central() {
        return configuration.hasCentral()
                ? centralTrouble.orElse("Central at " + configuration.central() + " answers.")
                : "This realm has no central; its list of hosts and rights come as files.";
    }

    private String renewal() {
        return configuration.hasCentral() ? "the next contact with central" : "a bundle of 'cranny realm allot'";
    }

    private String protection() {
        return last.map(snapshot ->
                        "The last backup is " + ago(snapshot.manifest().ended()) + " old: "
                                + Human.count(snapshot.manifest().files(), "file") + ", "
                                + Human.bytes(snapshot.manifest().bytes()) + ". There "
                                + (snapshots == 1 ? "is 1 snapshot." : "are " + snapshots + " snapshots."))
                .orElse("There is no backup of this machine yet. Make one: cranny backup PATH");
    }

    private String lent() {
        List<Host> accepting = hosts.stream().filter(Host::accepts).toList();
        long free = accepting.stream().mapToLong(Host::freeBytes).sum();
        return accepting.size() + " of " + Human.count(hosts.size(), "host") + " take new data, " + Human.bytes(free)
                + " free (master file version " + masterFileVersion + ").";
    }

    private String right() {
        return allotmentExpires
                .map(expires -> expires.isAfter(Instant.now())
                        ? "The right to keep data on them holds for another " + left(expires) + "."
                        : "The right to keep data on them has expired; " + renewal() + " renews it.")
                .orElse("There is no right to keep data on them yet; " + renewal() + " brings it.");
    }

    private static String ago(Instant instant) {
        return Human.duration(
                Math.max(0, Duration.between(instant, Instant.now()).toSeconds()));
    }

    private static String left(Instant instant) {
        return Human.duration(
                Math.max(0, Duration.between(Instant.now(), instant).toSeconds()));
    }
}
