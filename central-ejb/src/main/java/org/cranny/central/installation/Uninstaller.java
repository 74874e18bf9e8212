package org.cranny.central.installation;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.repair.Drain;
import org.cranny.engine.ssh.CommandFailedException;
import org.cranny.engine.ssh.HostKeyException;
import org.cranny.engine.ssh.SshMachine;
import org.cranny.protocol.problem.ProblemException;

/**
 * Takes programs off one machine, and the machine off central's lists.
 *
 * <ul>
 *   <li>A host goes only when it keeps nothing that counts, by central's book and on its own disk; it takes nothing new
 *       from before that is looked at.
 *   <li>Only what installations from here put there is touched.
 *   <li>Whoever's programs are gone is shut out; what broke off in between is done by the next try.
 *   <li>Keys of a source's backups go only when that was said.
 * </ul>
 */
class Uninstaller {
    private static final Logger LOGGER = Logger.getLogger(Uninstaller.class.getName());
    private static final SshMachine.Feed NOTHING = in -> {};
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(15);

    private final Remote.Reach reach;
    private final Departure departure;
    private final Duration patience;

    /** @param patience how long is waited until what central had put away is in a host's trash */
    Uninstaller(Remote.Reach reach, Departure departure, Duration patience) {
        this.reach = reach;
        this.departure = departure;
        this.patience = patience;
    }

    /** @param numbers the systems that this machine is */
    private record Visit(
            Wanted wanted, Removal removal, String actor, Target target, Remote remote, Map<Role, Long> numbers) {

        Found run(String act) throws IOException {
            List<String> arguments = new ArrayList<>(List.of(act, removal.purge() ? "purge" : "keep"));
            wanted.roles().forEach(role -> arguments.add(role.word()));
            return Found.read(remote.run(Script.REMOVE, arguments, NOTHING, act.equals("look") ? SHORT : LONG));
        }

        Outcome failed(String reason) {
            return new Outcome(
                    MachineState.FAILED,
                    reason,
                    List.of(),
                    null,
                    numbers.get(Role.DAEMON),
                    numbers.get(Role.SOURCE),
                    List.of(),
                    null);
        }
    }

    /** Never fails: what went wrong is in the outcome. */
    Outcome remove(Wanted wanted, Removal removal, String actor, Target target, Consumer<Step> progress) {
        progress.accept(Step.CONNECT);
        try (Remote remote = reach.connect(wanted, target)) {
            progress.accept(Step.LOOK);
            Visit visit = new Visit(wanted, removal, actor, target, remote, new EnumMap<>(Role.class));
            Found found = visit.run("look");
            Outcome objection = objection(visit, found);
            if (objection != null) {
                return objection;
            }
            if (wanted.dryRun()) {
                return outcome(visit, MachineState.READY, found.lines());
            }
            return remove(visit, found, progress);
        } catch (HostKeyException e) {
            return Outcome.strange(e.shown());
        } catch (IOException | RuntimeException e) {
            return Outcome.failed(reason(e));
        }
    }

    /** Why nothing is removed; null when nothing speaks against it. Finds out which systems the machine is. */
    private Outcome objection(Visit visit, Found found) throws IOException {
        if (!found.root()) {
            return visit.failed("this account is not root there, and sudo does not make it root without a password");
        }
        if (!found.foreign().isEmpty()) {
            return visit.failed(String.join("; ", found.foreign()));
        }
        for (Role role : visit.wanted().roles()) {
            Long number = departure.system(visit.target(), role, visit.removal().named(visit.target(), role));
            if (number != null) {
                visit.numbers().put(role, number);
            } else if (found.enrolled().contains(role)) {
                return visit.failed("central does not know which system its " + role.word() + " is: say so, --system "
                        + visit.target().host() + "=" + role.word() + ":NUMBER");
            }
        }
        Long source = visit.numbers().get(Role.SOURCE);
        if (source != null && found.source() != null && !source.equals(found.source())) {
            return visit.failed("it says that it is source " + found.source() + ", and central takes it for " + source
                    + ": a person has to look");
        }
        return keeping(visit, found);
    }

    /** How many fragments still lie on the disk once central's orders about them had their time. */
    private long settled(Visit visit, Found found) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        long left = found.fragments();
        while (left > 0 && System.nanoTime() < until) {
            pause();
            left = visit.run("look").fragments();
        }
        return left;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("central stops");
        }
    }

    private Outcome keeping(Visit visit, Found found) throws IOException {
        Long host = visit.numbers().get(Role.DAEMON);
        Drain kept = host == null ? null : departure.kept(host);
        if (kept != null && kept.fragments() > 0) {
            return new Outcome(
                    MachineState.FAILED,
                    "it keeps " + kept.fragments() + " fragments of others' backups: empty it first, with --drain or"
                            + " cranny admin host drain " + host,
                    List.of(),
                    null,
                    host,
                    visit.numbers().get(Role.SOURCE),
                    List.of(),
                    kept.fragments());
        }
        long left = host == null || visit.wanted().dryRun() ? found.fragments() : settled(visit, found);
        return left == 0 ? null : visit.failed(onDisk(left));
    }

    private static String onDisk(long fragments) {
        return fragments + " fragments lie on its disk that central does not count any more: they go into the trash"
                + " within a minute, or they are of a further realm, whose keeper moves them";
    }

    private Outcome remove(Visit visit, Found found, Consumer<Step> progress) throws IOException {
        Long host = visit.numbers().get(Role.DAEMON);
        if (host != null && departure.close(host, visit.actor()).fragments() > 0) {
            return visit.failed(
                    "it has taken fragments meanwhile: it takes nothing new any more, ask again when it is empty");
        }
        progress.accept(Step.REMOVE);
        Found done = visit.run("do");
        if (done.fragments() > 0) {
            visit.remote().run(Script.START, List.of(Role.DAEMON.word()), NOTHING, SHORT);
            visit.remote().run(Script.FINISH, List.of(), NOTHING, SHORT);
            return visit.failed(onDisk(done.fragments()));
        }
        progress.accept(Step.SHUT_OUT);
        List<String> lines = new ArrayList<>(done.lines());
        visit.numbers().forEach((role, number) -> lines.add(departure.shutOut(role, number, visit.actor())));
        boolean nothing = found.present().isEmpty() && visit.numbers().isEmpty();
        return outcome(visit, nothing ? MachineState.ABSENT : MachineState.REMOVED, lines);
    }

    private static Outcome outcome(Visit visit, MachineState state, List<String> lines) {
        return new Outcome(
                state,
                null,
                List.of(),
                null,
                visit.numbers().get(Role.DAEMON),
                visit.numbers().get(Role.SOURCE),
                lines,
                null);
    }

    private static String reason(Exception e) {
        if (e instanceof CommandFailedException failed) {
            return failed.complaint()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse(e.getMessage());
        }
        if (!(e instanceof IOException || e instanceof ProblemException)) {
            LOGGER.log(Level.WARNING, "programs could not be taken off a machine", e);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
