package org.cranny.central.installation;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.engine.ssh.CommandFailedException;
import org.cranny.engine.ssh.HostKeyException;
import org.cranny.engine.ssh.SshMachine;
import org.cranny.protocol.enrollment.Token;

/**
 * Installs one machine: looks at it, unpacks, enrolls, starts, and waits until central sees it at work.
 *
 * <ul>
 *   <li>Before anything is put there, the machine's own journal says so; whatever fails, what stands in it is taken back.
 *   <li>A machine that cannot be reached then is taken back by the next installation, before anything else.
 *   <li>What was there before stays as it was.
 *   <li>Whoever joined the realm on the way and failed is shut out.
 * </ul>
 */
class Installer {
    private static final Logger LOGGER = Logger.getLogger(Installer.class.getName());
    private static final SshMachine.Feed NOTHING = in -> {};
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final long HEADROOM_BYTES = 100L << 20;
    private static final int TRIES = 3;
    private static final int LOOK_EVERY = 10;

    private final Remote.Reach reach;
    private final Packages packages;
    private final Admission admission;
    private final Duration patience;

    /** @param patience how long central waits until it sees a machine at work */
    Installer(Remote.Reach reach, Packages packages, Admission admission, Duration patience) {
        this.reach = reach;
        this.packages = packages;
        this.admission = admission;
        this.patience = patience;
    }

    /** Never fails: what went wrong is in the outcome. */
    Outcome install(Wanted wanted, String actor, Target target, Consumer<Step> progress) {
        progress.accept(Step.CONNECT);
        try (Remote remote = reach.connect(wanted, target)) {
            progress.accept(Step.LOOK);
            return install(new Visit(wanted, actor, target, progress, remote), look(wanted, remote));
        } catch (HostKeyException e) {
            return Outcome.strange(e.shown());
        } catch (IOException | RuntimeException e) {
            return Outcome.failed(reason(e));
        }
    }

    /** @param remote the connection, while it holds */
    private record Visit(Wanted wanted, String actor, Target target, Consumer<Step> progress, Remote remote) {}

    private static Look look(Wanted wanted, Remote remote) throws IOException {
        Look look = Look.read(remote.run(Script.LOOK, List.of(), NOTHING, SHORT));
        if (!look.unfinished() || !look.root() || wanted.dryRun()) {
            return look;
        }
        remote.run(Script.UNDO, List.of(), NOTHING, SHORT);
        return Look.read(remote.run(Script.LOOK, List.of(), NOTHING, SHORT));
    }

    private Outcome install(Visit visit, Look look) throws IOException {
        Set<Role> missing = look.missing(visit.wanted().roles());
        if (missing.isEmpty()) {
            return Outcome.of(MachineState.PRESENT, null);
        }
        Optional<String> objection = look.objection(missing);
        if (objection.isPresent()) {
            return Outcome.failed(objection.get());
        }
        Map<Role, Packages.Archive> archives = new EnumMap<>(Role.class);
        for (Role role : missing) {
            archives.put(role, packages.find(role, look.arch()));
        }
        long needed = HEADROOM_BYTES
                + archives.values().stream()
                        .mapToLong(Packages.Archive::unpackedBytes)
                        .sum();
        if (look.freeBytes() < needed) {
            return Outcome.failed("its disk has no room: " + mebibytes(look.freeBytes()) + " are free below /opt, and "
                    + mebibytes(needed) + " are needed");
        }
        if (look.varFreeBytes() < HEADROOM_BYTES) {
            return Outcome.failed("its disk has no room: " + mebibytes(look.varFreeBytes())
                    + " are free below /var, and " + mebibytes(HEADROOM_BYTES) + " are needed");
        }
        return visit.wanted().dryRun() ? Outcome.of(MachineState.READY, null) : put(visit, look, archives);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private Outcome put(Visit visit, Look look, Map<Role, Packages.Archive> archives) {
        Map<Role, Token> tokens = new EnumMap<>(Role.class);
        try {
            Map<Role, Long> numbers = settled(visit, look, archives, tokens);
            visit.progress().accept(Step.START);
            // The daemon last: from then on others keep their fragments there.
            for (Role role : List.of(Role.SOURCE, Role.DAEMON)) {
                if (archives.containsKey(role)) {
                    visit.remote().run(Script.START, List.of(role.word()), NOTHING, SHORT);
                }
            }
            visit.progress().accept(Step.ALIVE);
            awaitSight(visit, numbers);
            visit.progress().accept(Step.FINISH);
            again(visit, remote -> remote.run(Script.FINISH, List.of(), NOTHING, SHORT));
            return new Outcome(
                    MachineState.INSTALLED,
                    null,
                    List.of(),
                    archives.values().iterator().next().version(),
                    numbers.get(Role.DAEMON),
                    numbers.get(Role.SOURCE),
                    List.of(),
                    null);
        } catch (IOException | RuntimeException e) {
            return Outcome.failed(reason(e) + undone(visit, tokens));
        } finally {
            admission.close(tokens);
        }
    }

    private Map<Role, Long> settled(
            Visit visit, Look look, Map<Role, Packages.Archive> archives, Map<Role, Token> tokens) throws IOException {
        visit.progress().accept(Step.UNPACK);
        for (Role role : archives.keySet()) {
            Packages.Archive archive = archives.get(role);
            visit.remote()
                    .run(
                            Script.UNPACK,
                            List.of(role.word(), archive.version()),
                            in -> Files.copy(archive.file(), in),
                            LONG);
        }
        visit.progress().accept(Step.SETTLE);
        for (Role role : archives.keySet()) {
            visit.remote()
                    .run(Script.SETTLE, List.of(role.word(), archives.get(role).version()), NOTHING, SHORT);
        }
        visit.progress().accept(Step.ENROLL);
        Map<Role, Long> numbers = new EnumMap<>(Role.class);
        for (Role role : archives.keySet()) {
            Token token = admission.token(visit.actor(), role);
            tokens.put(role, token);
            visit.remote()
                    .run(
                            Script.ENROLL,
                            Arguments.enroll(visit.wanted(), visit.target(), role, archives.get(role), look, token),
                            in -> in.write((token.token() + "\n").getBytes(StandardCharsets.US_ASCII)),
                            SHORT);
            Long number = admission.joined(token);
            if (number == null) {
                throw new IOException("it says that it joined, and central does not know it");
            }
            numbers.put(role, number);
        }
        return numbers;
    }

    private void awaitSight(Visit visit, Map<Role, Long> numbers) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        for (int round = 1; ; round++) {
            Optional<Role> unseen = numbers.keySet().stream()
                    .filter(role -> !admission.isSeen(role, numbers.get(role)))
                    .findFirst();
            if (unseen.isEmpty()) {
                return;
            }
            if (System.nanoTime() > until) {
                throw new IOException(unseen.get().program() + " runs there, and central saw nothing of it within "
                        + patience.toSeconds() + " seconds: can it reach central's port for machines?");
            }
            if (round % LOOK_EVERY == 0) {
                visit.remote().run(Script.ALIVE, List.of(unseen.get().word()), NOTHING, SHORT);
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("central stops");
        }
    }

    /** What to add to the reason. */
    private String undone(Visit visit, Map<Role, Token> tokens) {
        visit.progress().accept(Step.UNDO);
        admission.refuse(visit.actor(), tokens);
        try {
            String kept = again(visit, remote -> remote.run(Script.UNDO, List.of(), NOTHING, SHORT))
                    .strip();
            return kept.isEmpty() ? "" : " (" + kept + ")";
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "an installation could not be taken back", e);
            return ". What was put there could not be taken back (" + reason(e)
                    + "); the next installation does that first";
        }
    }

    private interface Deed {
        String on(Remote remote) throws IOException;
    }

    /** What must not be left out: over the connection that there is, else over new ones. */
    private String again(Visit visit, Deed deed) throws IOException {
        try {
            return deed.on(visit.remote());
        } catch (CommandFailedException e) {
            throw e;
        } catch (IOException broken) {
            IOException last = broken;
            for (int i = 1; i < TRIES; i++) {
                try (Remote fresh = reach.connect(visit.wanted(), visit.target())) {
                    return deed.on(fresh);
                } catch (IOException e) {
                    last = e;
                }
            }
            throw last;
        }
    }

    /** One line for people; nothing of it is secret, for no secret is ever an argument. */
    private static String reason(Exception e) {
        if (e instanceof CommandFailedException failed) {
            return failed.complaint()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse(e.getMessage());
        }
        if (!(e instanceof IOException)) {
            LOGGER.log(Level.WARNING, "an installation failed", e);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
