package org.cranny.central.recovery;

import java.util.Arrays;
import java.util.List;
import org.cranny.central.authority.Authority;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.engine.archive.Format;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.SnapshotLine;

/** Reads what people ask for, and refuses what cannot be meant. */
final class Requests {
    private final Systems systems;
    private final Snapshots snapshots;
    private final Authority authority;

    Requests(Systems systems, Snapshots snapshots, Authority authority) {
        this.systems = systems;
        this.snapshots = snapshots;
        this.authority = authority;
    }

    Wanted read(long system, RecoveryRequest request) {
        Machine machine = source(system);
        Way way = way(request.way());
        SnapshotLine snapshot = snapshot(system, request.snapshot());
        Choice choice = Choice.of(request);
        if (way != Way.ARCHIVE && machine.revoked()) {
            throw new ProblemException(
                    ProblemKind.REVOKED,
                    "system " + system + " was shut out: no machine can take its place; recover it as an archive");
        }
        if (way != Way.ARCHIVE && machine.isDevice()) {
            throw new ProblemException(Problem.ofField("way", "what a device uploaded comes back as an archive"));
        }
        if (way == Way.HAND_OVER && !choice.paths().isEmpty()) {
            throw new ProblemException(Problem.ofField("paths", "a replacement machine is told its paths itself"));
        }
        if (way == Way.AGENT) {
            requireAgent(system, request.agent());
        }
        return new Wanted(
                system,
                snapshot,
                way,
                way == Way.ARCHIVE ? format(request.format()) : null,
                way == Way.AGENT ? request.agent() : null,
                choice,
                request.why());
    }

    /** @throws ProblemException NOT_FOUND when there is no such source */
    Machine source(long system) {
        return systems.find(system)
                .filter(Machine::isSource)
                .orElseThrow(() ->
                        new ProblemException(ProblemKind.NOT_FOUND, "there is no source with the number " + system));
    }

    private void requireAgent(long lost, Long agent) {
        if (agent == null) {
            throw new ProblemException(Problem.ofField("agent", "the number of the machine that takes the place"));
        }
        boolean able = systems.find(agent)
                .filter(machine -> machine.isSource() && !machine.isDevice() && !machine.revoked())
                .isPresent();
        if (!able || agent == lost) {
            throw new ProblemException(
                    Problem.ofField("agent", "system " + agent + " cannot take the place of system " + lost));
        }
    }

    private SnapshotLine snapshot(long system, String beginning) {
        SystemId source = new SystemId(authority.realm(), system);
        if (beginning == null || beginning.isBlank() || beginning.equals("latest")) {
            return snapshots.newest(source).stream()
                    .findFirst()
                    .orElseThrow(
                            () -> new ProblemException(ProblemKind.NOT_FOUND, "system " + system + " has no snapshot"));
        }
        List<SnapshotLine> found = snapshots.list(source, 0).stream()
                .filter(line -> line.snapshot().startsWith(beginning))
                .toList();
        if (found.size() != 1) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND,
                    (found.isEmpty() ? "no snapshot" : "more than one snapshot") + " of system " + system
                            + " has an id that begins so");
        }
        return found.get(0);
    }

    private static Way way(String name) {
        return Arrays.stream(Way.values())
                .filter(way -> name == null ? way == Way.ARCHIVE : way.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.ofField("way", "ARCHIVE, HAND_OVER or AGENT")));
    }

    private static Format format(String ending) {
        return Format.ofEnding(ending == null ? Format.TAR.ending() : ending)
                .orElseThrow(() -> new ProblemException(Problem.ofField("format", "tar, tar.gz, tar.zst or zip")));
    }
}
