package org.cranny.client.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.guest.Held;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnNews;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.policy.Plan;
import org.cranny.client.policy.UsualBackup;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.snapshot.Manifest;

/**
 * How this machine's backups stand, from its home alone: nobody is asked, and no lock is taken.
 *
 * @param number of this machine in its realm
 * @param snapshots that can be looked into here, oldest first
 * @param kept how many there are
 * @param newest empty before the first backup
 * @param newestIsKnown whether central knows the newest one, where there is a central
 * @param basis who says what is backed up
 * @param folders that are backed up, as people write them
 * @param chosen the same in raw octets, where no policy says it
 * @param elsewhere what another process does with the home just now, for example {@code backup}
 * @param next when the next backup is planned
 * @param together whether one machine keeps all copies
 * @param lends what this machine lends, when it is a host under the same number
 * @param own what its owner set, and why the agent holds back
 * @param news what happened lately
 */
public record Standing(
        String name,
        long number,
        List<Kept> snapshots,
        int kept,
        Optional<Newest> newest,
        boolean newestIsKnown,
        UsualBackup.Basis basis,
        List<String> folders,
        List<byte[]> chosen,
        Optional<String> elsewhere,
        Optional<Instant> next,
        boolean together,
        Optional<Lent> lends,
        Own own,
        List<OwnNews.Event> news) {

    /** A snapshot that is there to be looked into. @param bytes sum of the sizes of its files */
    public record Kept(String id, Instant ended, long files, long bytes) {
        public static Kept of(Snapshot snapshot) {
            Manifest manifest = snapshot.manifest();
            return new Kept(snapshot.id(), manifest.ended(), manifest.files(), manifest.bytes());
        }
    }

    /** The newest backup. */
    public record Newest(Instant ended, long files, long bytes) {}

    /** What a machine lends to others, and how much of it they may still fill. */
    public record Lent(long quotaBytes, long freeBytes) {}

    /** What the owner set. @param hold why the agent holds back */
    public record Own(Optional<AgentHold> hold, OwnRates.Rates rates, Map<OwnHolds.Cause, OwnHolds.Answer> holds) {}

    public static Standing of(Machine machine, Optional<String> elsewhere, Clock clock) throws IOException {
        UsualBackup usual = UsualBackup.atHand(machine);
        List<Snapshot> snapshots = machine.snapshots().kept();
        Optional<MasterFile> masterFile = machine.localMasterFile().kept();
        List<Host> hosts = masterFile.isPresent() ? LocalMasterFile.hosts(masterFile.get()) : List.of();
        long number = machine.configuration().system().number();
        return new Standing(
                machine.configuration().name(),
                number,
                snapshots.stream().map(Kept::of).toList(),
                snapshots.size(),
                newest(snapshots),
                snapshots.isEmpty() || machine.committed(snapshots.get(snapshots.size() - 1)),
                usual.basis(),
                usual.texts(),
                usual.paths(),
                elsewhere,
                new LocalPolicy(machine).kept().flatMap(policy -> new Plan(policy, clock).next()),
                OneMachine.holdsAll(hosts),
                hosts.stream()
                        .filter(host -> host.id() == number)
                        .findFirst()
                        .map(host -> new Lent(host.quotaBytes(), host.freeBytes())),
                new Own(
                        Held.of(machine.home(), clock),
                        new OwnRates(machine.home()).kept(),
                        new OwnHolds(machine.home()).kept()),
                new OwnNews(machine.home(), clock).all());
    }

    private static Optional<Newest> newest(List<Snapshot> snapshots) {
        return snapshots.isEmpty()
                ? Optional.empty()
                : Optional.of(snapshots.get(snapshots.size() - 1).manifest())
                        .map(manifest -> new Newest(manifest.ended(), manifest.files(), manifest.bytes()));
    }

    /** Differs whenever something that {@link #of} says may have changed; costs a look at a few files. */
    public static String stamp(Home home, Clock clock) throws IOException {
        StringBuilder stamp = new StringBuilder();
        for (Path file : List.of(
                home.config(),
                home.snapshots(),
                home.policyFile(),
                home.foldersFile(),
                home.masterFile(),
                home.ratesFile(),
                home.holdsFile(),
                home.newsFile())) {
            stamp.append(Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0)
                    .append(' ');
        }
        return stamp.append(Held.of(home, clock).map(AgentHold::toString).orElse(""))
                .append(home.changer().orElse(""))
                .toString();
    }
}
