package org.cranny.client.window;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cranny.client.machine.Machine;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.policy.Plan;
import org.cranny.client.policy.UsualBackup;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;

/**
 * How this machine's backups stand, from its home alone: nobody is asked, and no lock is taken.
 *
 * @param number of this machine in its realm
 * @param snapshots that can be had, oldest first
 * @param newestIsKnown whether central knows the newest one, where there is a central
 * @param basis who says what is backed up
 * @param folders that are backed up, as people write them
 * @param chosen the same in raw octets, where no policy says it
 * @param elsewhere what another process does with the home just now, for example {@code backup}
 * @param next when the next backup is planned
 */
record Standing(
        String name,
        long number,
        List<Snapshot> snapshots,
        boolean newestIsKnown,
        UsualBackup.Basis basis,
        List<String> folders,
        List<byte[]> chosen,
        Optional<String> elsewhere,
        Optional<Instant> next,
        List<Host> hosts) {

    static Standing of(Machine machine, Optional<String> elsewhere, Clock clock) throws IOException {
        UsualBackup usual = UsualBackup.atHand(machine);
        List<Snapshot> snapshots = machine.snapshots().kept();
        Optional<MasterFile> masterFile = machine.localMasterFile().kept();
        return new Standing(
                machine.configuration().name(),
                machine.configuration().system().number(),
                snapshots,
                snapshots.isEmpty() || machine.committed(snapshots.get(snapshots.size() - 1)),
                usual.basis(),
                usual.texts(),
                usual.paths(),
                elsewhere,
                new LocalPolicy(machine).kept().flatMap(policy -> new Plan(policy, clock).next()),
                masterFile.isPresent() ? LocalMasterFile.hosts(masterFile.get()) : List.of());
    }

    Optional<Snapshot> newest() {
        return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1));
    }

    /** What this machine lends, when it is a host under the same number. */
    Optional<Host> lends() {
        return hosts.stream().filter(host -> host.id() == number).findFirst();
    }
}
