package org.cranny.daemon.identity;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Set;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;

/**
 * {@code cranny-daemon enroll URL --home DIR --token T|--token-file FILE --ca-fingerprint F --name N}
 * {@code --address https://HOST:PORT [--quota Q] [--keep-free K] [--failure-domain D]}: makes this machine a host of a
 * realm; with {@code --monitor-only} instead of an address and limits, a machine that looks at hosts and lends nothing.
 * Exit codes: 0 done, 1 failed, 2 wrong use; whatever fails is one line.
 */
public final class Enroll {
    private static final int WRONG_USE = 2;
    private static final String MONITOR_ONLY = "--monitor-only";
    private static final URI UNKNOWN_YET = URI.create("https://central");
    private static final List<String> LENDING = List.of("--address", "--quota", "--keep-free", "--failure-domain");
    private static final Set<String> OPTIONS = Set.of(
            "--home",
            "--token",
            "--token-file",
            "--ca-fingerprint",
            "--name",
            "--address",
            "--quota",
            "--keep-free",
            "--failure-domain");

    private Enroll() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        try {
            Options given = Options.read("URL", OPTIONS, Set.of(MONITOR_ONLY), arguments);
            URI central = Options.https(given.need("URL", "URL"), "the address of central");
            SystemId system = new Enrollment(given.home(), given.need("--ca-fingerprint", "--ca-fingerprint"))
                    .join(central, given.token(), wished(given), given.get("--failure-domain"));
            System.out.println("enrolled as " + system);
            return 0;
        } catch (ProblemException e) {
            return say(e.problem().detail() + ". " + e.problem().advice(), Options.exitCode(e));
        } catch (IllegalArgumentException e) {
            return say(e.getMessage(), WRONG_USE);
        } catch (ConnectException | UnknownHostException | HttpTimeoutException e) {
            return say("central cannot be reached. Check the address, and whether it runs.", 1);
        } catch (IOException e) {
            return say("enrollment failed: " + e.getMessage(), 1);
        }
    }

    private static int say(String line, int exitCode) {
        System.err.println("cranny-daemon: " + line);
        return exitCode;
    }

    private static Settings wished(Options given) throws IOException {
        if (!given.has(MONITOR_ONLY)) {
            return given.host(UNKNOWN_YET);
        }
        for (String option : LENDING) {
            if (given.has(option)) {
                throw new IllegalArgumentException(option + " makes no sense with --monitor-only: nothing is lent");
            }
        }
        return new Settings(given.name(), null, UNKNOWN_YET, null, "0");
    }
}
