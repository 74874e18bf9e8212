package org.cranny.client.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.client.hook.Hook;
import org.cranny.client.hook.Hooks;
import org.cranny.client.machine.Machine;
import org.cranny.client.power.BatteryRule;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.Rules;
import org.cranny.engine.exclude.DefaultExcludes;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.walk.Mounts;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;

/**
 * The backup that a policy wants of this machine. Paths that are not there are left out; hooks run only when the
 * machine's own people put them where hooks may lie, because a policy comes from elsewhere.
 */
public final class Wanted {
    /** Programs that a policy may name, besides those in the home's {@code hooks}. */
    static final Path SYSTEM_HOOKS = Path.of("/etc/cranny/hooks");

    private final EffectivePolicy effective;
    private final Policy policy;

    public Wanted(EffectivePolicy effective) {
        this.effective = effective;
        this.policy = effective.policy();
    }

    /** Whether the policy says what to back up at all. */
    public boolean anything() {
        return all() || policy.paths() != null;
    }

    /**
     * The backup with all that goes with it.
     *
     * @param clock of this machine, with its zone: limits go by the hour
     * @throws IOException when the policy names nothing, nothing of it is here, or a hook is not allowed
     */
    public Errand errand(Machine machine, List<String> tags, boolean dryRun, Clock clock) throws IOException {
        return new Errand(
                request(machine.configuration().name(), tags, dryRun),
                limits(clock),
                hooks(List.of(machine.home().hooks(), SYSTEM_HOOKS)),
                battery(),
                texts());
    }

    /**
     * @param name of this machine, for people
     * @throws IOException when the policy names nothing, or nothing of it is there
     */
    BackupRequest request(String name, List<String> tags, boolean dryRun) throws IOException {
        int copies = policy.copies() == null ? 0 : policy.copies();
        return new BackupRequest(
                new Label(paths(), name, tags, ""), dryRun, rules(), Compression.of(policy.compression()), copies);
    }

    Limits limits(Clock clock) {
        Policy.Bandwidth bandwidth = policy.bandwidth();
        return bandwidth == null
                ? Limits.NONE
                : new Limits(
                        HourlyRate.upload(bandwidth, clock).throttle(),
                        HourlyRate.download(bandwidth, clock).throttle());
    }

    BatteryRule battery() {
        Policy.Battery battery = policy.battery();
        return battery == null ? BatteryRule.NONE : BatteryRule.of(battery);
    }

    /**
     * @param allowed folders in which hooks may lie
     * @throws IOException when the policy names a program that lies elsewhere
     */
    Hooks hooks(List<Path> allowed) throws IOException {
        Policy.Hooks hooks = policy.hooks();
        if (hooks == null) {
            return Hooks.NONE;
        }
        Duration limit = hooks.timeoutSeconds() == null ? Hook.USUAL_LIMIT : Duration.ofSeconds(hooks.timeoutSeconds());
        return new Hooks(
                hook(hooks.pre(), limit, allowed), hook(hooks.post(), limit, allowed), "go-on".equals(hooks.failure()));
    }

    /** What is backed up, as people write it. */
    List<String> texts() {
        return all() ? List.of("/") : policy.paths() == null ? List.of() : policy.paths();
    }

    private boolean all() {
        return Boolean.TRUE.equals(policy.all());
    }

    private List<byte[]> paths() throws IOException {
        if (!anything()) {
            throw new IOException("No policy says what to back up here. Name paths, or ask your administrator.");
        }
        List<byte[]> octets = new ArrayList<>();
        for (String text : texts()) {
            Path path = PathBytes.toPath(text.getBytes(StandardCharsets.UTF_8));
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Path parent = path.getParent();
                octets.add(
                        PathBytes.of(parent == null ? path : parent.toRealPath().resolve(path.getFileName())));
            }
        }
        if (octets.isEmpty()) {
            throw new IOException("Nothing that the policy names is here: " + String.join(", ", texts())
                    + ". Ask your administrator to change it.");
        }
        return octets;
    }

    private Rules rules() throws IOException {
        Excludes excludes = Boolean.FALSE.equals(policy.defaultExcludes())
                ? Excludes.NONE
                : Excludes.NONE.and(DefaultExcludes.patterns());
        excludes = excludes.and(octets(policy.excludes()));
        if (effective.folders() != null) {
            for (EffectivePolicy.Folder folder : effective.folders()) {
                byte[] path = folder.path().getBytes(StandardCharsets.UTF_8);
                excludes = excludes.andIn(path, octets(folder.excludes()));
            }
        }
        return new Rules(
                excludes,
                Boolean.TRUE.equals(policy.excludeCaches()),
                policy.excludeLargerThanBytes() == null ? Long.MAX_VALUE : policy.excludeLargerThanBytes(),
                Boolean.TRUE.equals(policy.oneFileSystem()),
                all() ? Mounts.here().foreign() : List.of());
    }

    private static Optional<Hook> hook(List<String> command, Duration limit, List<Path> allowed) throws IOException {
        if (command == null || command.isEmpty()) {
            return Optional.empty();
        }
        Path program = Path.of(command.get(0));
        for (Path folder : allowed) {
            Path found = folder.resolve(program).normalize();
            if (found.getParent() != null && found.getParent().equals(folder.normalize()) && Files.exists(found)) {
                List<String> words = new ArrayList<>(command);
                words.set(0, found.toString());
                return Optional.of(new Hook(words, limit));
            }
        }
        throw new IOException("The policy names the hook " + program + ", which is not in " + allowed.get(0)
                + ". Put it there to allow it, or ask your administrator to take it out of the policy.");
    }

    private static List<byte[]> octets(List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }
}
