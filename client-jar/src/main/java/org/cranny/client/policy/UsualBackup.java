package org.cranny.client.policy;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.cranny.client.hook.Hooks;
import org.cranny.client.machine.Machine;
import org.cranny.client.power.BatteryRule;
import org.cranny.client.selection.ChosenFolders;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.backup.Rules;
import org.cranny.engine.exclude.DefaultExcludes;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.transfer.Limits;
import org.cranny.protocol.policy.EffectivePolicy;

/**
 * The backup that is made when nobody says of what: what the policy wants, else the folders that the owner chose, else
 * what the newest snapshot of this machine's files was asked for.
 */
public final class UsualBackup {
    /** Who says what is backed up. */
    public enum Basis {
        POLICY,
        OWNER,
        LAST_TIME,
        NOBODY
    }

    private final Machine machine;
    private final Optional<Wanted> wanted;

    private UsualBackup(Machine machine, Optional<EffectivePolicy> policy) {
        this.machine = machine;
        this.wanted = policy.map(Wanted::new).filter(Wanted::anything);
    }

    /** By the newest policy; central is asked. */
    public static UsualBackup newest(Machine machine) throws IOException {
        return new UsualBackup(machine, policy(machine));
    }

    /** By the policy that is kept here; nobody is asked. */
    public static UsualBackup atHand(Machine machine) throws IOException {
        return new UsualBackup(machine, new LocalPolicy(machine).kept());
    }

    private static Optional<EffectivePolicy> policy(Machine machine) throws IOException {
        if (!machine.configuration().hasCentral()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LocalPolicy(machine).newest());
        } catch (CatalogueAwayException neverHeardOfAny) {
            return Optional.empty();
        }
    }

    public Basis basis() throws IOException {
        if (wanted.isPresent()) {
            return Basis.POLICY;
        }
        if (!chosen().isEmpty()) {
            return Basis.OWNER;
        }
        return last().isPresent() ? Basis.LAST_TIME : Basis.NOBODY;
    }

    /** What is backed up, as people write it; a policy may name what is not here. */
    public List<String> texts() throws IOException {
        return switch (basis()) {
            case POLICY -> wanted.orElseThrow().texts();
            case OWNER -> printable(chosen());
            case LAST_TIME -> printable(machine.label(last().orElseThrow()).paths());
            case NOBODY -> List.of();
        };
    }

    /** What is backed up, raw octets, where no policy says it. */
    public List<byte[]> paths() throws IOException {
        return switch (basis()) {
            case POLICY, NOBODY -> List.of();
            case OWNER -> chosen();
            case LAST_TIME -> machine.label(last().orElseThrow()).paths();
        };
    }

    /**
     * The backup with all that goes with it.
     *
     * @param clock of this machine, with its zone: limits go by the hour
     * @throws IOException also when nobody said what this machine backs up
     */
    public Errand errand(Clock clock) throws IOException {
        return switch (basis()) {
            case POLICY -> wanted.orElseThrow().errand(machine, List.of(), false, clock);
            case OWNER ->
                plain(new BackupRequest(
                        new Label(chosen(), machine.configuration().name(), List.of(), ""),
                        false,
                        usualRules(),
                        Compression.USUAL,
                        0));
            case LAST_TIME -> asLastTime();
            case NOBODY ->
                throw new IOException("There is no snapshot yet, so it is not known what this machine backs up."
                        + " Name its folders in a policy, or once: cranny backup FOLDER.");
        };
    }

    private Errand asLastTime() throws IOException {
        Label label = machine.label(last().orElseThrow());
        return plain(new BackupRequest(label.paths(), machine.configuration().name(), label.tags(), false));
    }

    private static Errand plain(BackupRequest request) {
        return new Errand(request, Limits.NONE, Hooks.NONE, BatteryRule.NONE, printable(request.paths()));
    }

    private static Rules usualRules() throws IOException {
        return new Rules(Excludes.NONE.and(DefaultExcludes.patterns()), false, Long.MAX_VALUE, false, List.of());
    }

    private List<byte[]> chosen() throws IOException {
        return new ChosenFolders(machine.home()).kept();
    }

    private Optional<Snapshot> last() throws IOException {
        List<Snapshot> snapshots = machine.snapshots().list();
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            if (machine.label(snapshots.get(i)).isOfFiles()) {
                return Optional.of(snapshots.get(i));
            }
        }
        return Optional.empty();
    }

    private static List<String> printable(List<byte[]> paths) {
        return paths.stream().map(PathBytes::printable).toList();
    }
}
