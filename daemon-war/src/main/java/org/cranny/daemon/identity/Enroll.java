package org.cranny.daemon.identity;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.daemon.capacity.Lending;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * {@code cranny-daemon enroll URL --home DIR --token T --ca-fingerprint F --name N --address https://HOST:PORT}
 * {@code [--quota Q] [--keep-free K] [--failure-domain D]}: makes this machine a host of a realm; with
 * {@code --monitor-only} instead of an address and limits, a machine that looks at hosts and lends nothing.
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
            Map<String, String> given = read(arguments);
            SystemId system = new Enrollment(home(given), need(given, "--ca-fingerprint"))
                    .join(central(given), need(given, "--token"), wished(given), given.get("--failure-domain"));
            System.out.println("enrolled as " + system);
            return 0;
        } catch (ProblemException e) {
            ProblemKind kind = kind(e);
            return say(e.problem().detail() + ". " + e.problem().advice(), kind.exitCode());
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

    private static ProblemKind kind(ProblemException e) {
        try {
            return ProblemKind.valueOf(e.problem().kind());
        } catch (IllegalArgumentException unknown) {
            return ProblemKind.INTERNAL;
        }
    }

    private static Map<String, String> read(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                given.put("URL", arguments[i]);
            } else if (MONITOR_ONLY.equals(arguments[i])) {
                given.put(MONITOR_ONLY, "yes");
            } else if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("not understood: " + arguments[i]);
            } else {
                given.put(arguments[i], arguments[++i]);
            }
        }
        return given;
    }

    private static String need(Map<String, String> given, String option) {
        String value = given.get(option);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return value;
    }

    private static Home home(Map<String, String> given) {
        return new Home(Path.of(need(given, "--home")).toAbsolutePath());
    }

    private static URI central(Map<String, String> given) {
        return https(need(given, "URL"), "the address of central");
    }

    private static URI https(String text, String what) {
        URI address = URI.create(text);
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(what + " begins with https:// and names a host: " + text);
        }
        return address;
    }

    private static Settings wished(Map<String, String> given) throws IOException {
        String name = given.containsKey("--name")
                ? given.get("--name")
                : InetAddress.getLocalHost().getHostName();
        if (given.containsKey(MONITOR_ONLY)) {
            return monitor(given, name);
        }
        URI address = https(need(given, "--address"), "--address");
        if (address.getPort() < 1 || !address.getPath().isEmpty()) {
            throw new IllegalArgumentException("--address is a host and a port, as in https://10.0.0.7:9443");
        }
        String keepFree = given.getOrDefault("--keep-free", "10%");
        Lending.parse(given.get("--quota"), keepFree);
        return new Settings(name, address.toString(), UNKNOWN_YET, given.get("--quota"), keepFree);
    }

    private static Settings monitor(Map<String, String> given, String name) {
        for (String option : LENDING) {
            if (given.containsKey(option)) {
                throw new IllegalArgumentException(option + " makes no sense with --monitor-only: nothing is lent");
            }
        }
        return new Settings(name, null, UNKNOWN_YET, null, "0");
    }
}
