package org.cranny.daemon.reclaim;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Options;
import org.cranny.daemon.identity.Settings;

/**
 * {@code cranny-daemon lend [SIZE|PERCENT%|all] [--keep-free K]} says what is lent, and changes it; {@code cranny-daemon reclaim
 * SIZE [--wait]} takes room back. Both write {@code daemon.properties}, which the daemon follows within seconds. Exit
 * codes: 0 done, 1 failed, 2 wrong use; whatever fails is one line.
 */
public final class Reclaim {
    private static final int WRONG_USE = 2;
    private static final String SIZE = "SIZE";
    private static final String ALL = "all";
    private static final Duration LOOK = Duration.ofSeconds(2);

    private Reclaim() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    static int run(String... arguments) throws InterruptedException {
        try {
            String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            if (arguments[0].equals("lend")) {
                lend(Options.read(SIZE, Set.of("--home", "--quota", "--keep-free"), Set.of(), rest));
            } else {
                reclaim(Options.read(SIZE, Set.of("--home"), Set.of("--wait"), rest));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            return say(e.getMessage(), WRONG_USE);
        } catch (NoSuchFileException e) {
            return say("there is no " + e.getFile() + ": enroll this machine first, or name another --home", 1);
        } catch (IOException e) {
            return say(e.getMessage(), 1);
        }
    }

    private static int say(String line, int exitCode) {
        System.err.println("cranny-daemon: " + line);
        return exitCode;
    }

    private static void lend(Options given) throws IOException {
        Home home = given.home();
        Settings before = Settings.load(home);
        if (given.has(SIZE) && given.has("--quota")) {
            throw new IllegalArgumentException("how much is said twice: " + given.get(SIZE) + " and --quota");
        }
        String wanted = given.has(SIZE) ? given.get(SIZE) : given.get("--quota");
        if (wanted == null && !given.has("--keep-free")) {
            System.out.println(Space.read(home).sentence());
            say(home, before);
            return;
        }
        String most = wanted != null ? wanted : before.quota();
        Settings after = before.lending(
                ALL.equals(most) ? null : most,
                given.has("--keep-free") ? given.get("--keep-free") : before.keepFree());
        Lending.parse(after.quota(), after.keepFree());
        after.store(home);
        say(home, after);
    }

    private static void say(Home home, Settings settings) throws IOException {
        System.out.println(terms(settings));
        Terms.atCentral(Limit.load(home).asked()).ifPresent(System.out::println);
    }

    private static String terms(Settings settings) {
        return Terms.most(settings) + "; " + settings.keepFree() + " of the disk stay free for you.";
    }

    private static void reclaim(Options given) throws IOException, InterruptedException {
        Home home = given.home();
        long wanted = Lending.bytes(given.need(SIZE, "how much, as in 10G,"));
        Settings before = Settings.load(home);
        Space space = Space.read(home);
        long most = Math.min(space.keptBytes(), lent(before, space));
        if (most == 0 || wanted == 0) {
            System.out.println("Nothing has to go. " + space.sentence());
            return;
        }
        long left = Math.max(0, most - wanted);
        before.lending(Long.toString(left), before.keepFree()).store(home);
        System.out.println(Space.said(space.keptBytes() - left)
                + " go, as soon as there are copies elsewhere. From now on at most " + Space.said(left)
                + " are lent (cranny-daemon lend 20G changes that).");
        if (given.has("--wait")) {
            await(home, left);
        }
    }

    /** The most that is lent: by what was just written, too, which the daemon may not have read yet. */
    private static long lent(Settings settings, Space space) {
        return Math.min(space.lentBytes(), Limit.own(settings).quotaBytes());
    }

    private static void await(Home home, long left) throws IOException, InterruptedException {
        Clock clock = Clock.systemDefaultZone();
        Instant began = clock.instant();
        long first = Space.read(home).keptBytes();
        String last = "";
        for (long kept = first; kept > left; kept = Space.read(home).keptBytes()) {
            String line = Space.said(kept - left) + " still to go"
                    + end(began, clock.instant(), first - kept, kept - left)
                            .map(end -> ", done about "
                                    + end.atZone(ZoneId.systemDefault())
                                            .toLocalTime()
                                            .truncatedTo(ChronoUnit.MINUTES))
                            .orElse("");
            if (!line.equals(last)) {
                System.out.println(line);
                last = line;
            }
            Thread.sleep(LOOK.toMillis());
        }
        System.out.println("Done: the room is yours again.");
    }

    /** When it will be done at the rate so far; empty when nothing went yet. */
    static Optional<Instant> end(Instant began, Instant now, long gone, long rest) {
        long millis = Duration.between(began, now).toMillis();
        return gone <= 0 || millis <= 0
                ? Optional.empty()
                : Optional.of(now.plusMillis((long) ((double) rest / gone * millis)));
    }
}
