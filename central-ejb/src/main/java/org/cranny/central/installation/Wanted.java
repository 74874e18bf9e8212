package org.cranny.central.installation;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cranny.engine.ssh.HostKey;
import org.cranny.engine.ssh.Login;
import org.cranny.engine.ssh.SshAddress;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * A request that can be meant. Lives as long as its run, in memory alone.
 *
 * @param options of {@code cranny-daemon enroll} for every machine
 */
record Wanted(
        List<Target> targets,
        Set<Role> roles,
        String user,
        Login login,
        String knownHosts,
        Map<String, String> fingerprints,
        URI central,
        int daemonPort,
        List<String> options,
        boolean dryRun) {
    private static final int USUAL_PORT = 9_443;
    private static final int FIRST_PORT = 1_024;
    private static final int LAST_PORT = 65_535;
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.@\\\\-]{0,99}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,3})?[kKMGTP%]?");

    /** @throws ProblemException BAD_REQUEST, with the field that cannot be meant */
    static Wanted read(InstallationRequest request) {
        need(request.user() != null && USER.matcher(request.user()).matches(), "user", "who logs in on the machines?");
        need(request.key() != null || request.password() != null, "password", "a password or a key is needed");
        Wanted wanted = new Wanted(
                Targets.read(request.targets()),
                roles(request.roles()),
                request.user(),
                new Login(request.key(), request.password()),
                request.knownHosts(),
                fingerprints(request.hostKeys()),
                central(request.central()),
                port(request.daemonPort()),
                options(request),
                Boolean.TRUE.equals(request.dryRun()));
        // The same lines for all of them.
        wanted.hostKey(wanted.targets().get(0));
        return wanted;
    }

    /** What is known of the machine's key. */
    HostKey hostKey(Target target) {
        try {
            return HostKey.of(address(target), fingerprint(target), knownHosts);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.ofField("knownHosts", e.getMessage()));
        }
    }

    SshAddress address(Target target) {
        return new SshAddress(user, target.host(), target.port());
    }

    /** {@code daemon}, {@code source} or {@code daemon,source}. */
    String roleWords() {
        return roles.stream().map(Role::word).collect(Collectors.joining(","));
    }

    private String fingerprint(Target target) {
        return fingerprints.getOrDefault(target.toString(), fingerprints.get(target.host()));
    }

    private static Set<Role> roles(List<String> words) {
        need(words != null && !words.isEmpty(), "roles", "daemon, source, or both");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words) {
            roles.add(Role.of(word)
                    .orElseThrow(() -> new ProblemException(Problem.ofField("roles", "daemon, source, or both"))));
        }
        return roles;
    }

    private static Map<String, String> fingerprints(List<InstallationRequest.MachineKey> keys) {
        Map<String, String> all = new HashMap<>();
        for (InstallationRequest.MachineKey key : keys == null ? List.<InstallationRequest.MachineKey>of() : keys) {
            need(key != null && key.host() != null, "hostKeys", "each names a host and a fingerprint");
            need(
                    key.fingerprint() != null && HostKey.isFingerprint(key.fingerprint()),
                    "hostKeys",
                    "the fingerprint of " + key.host() + " is not SHA256:… as ssh-keygen -l shows it");
            all.put(key.host(), key.fingerprint());
        }
        return Map.copyOf(all);
    }

    static URI central(String text) {
        try {
            URI central = URI.create(String.valueOf(text));
            need(
                    "https".equals(central.getScheme()) && central.getHost() != null && central.getQuery() == null,
                    "central",
                    "where the machines find central, https://host:port/cranny");
            return central;
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.ofField("central", "it is no address"));
        }
    }

    private static int port(Integer port) {
        need(
                port == null || port >= FIRST_PORT && port <= LAST_PORT,
                "daemonPort",
                "from " + FIRST_PORT + " to " + LAST_PORT + ", for the daemon is not root");
        return port == null ? USUAL_PORT : port;
    }

    private static List<String> options(InstallationRequest request) {
        List<String> options = new ArrayList<>();
        add(options, "--quota", "quota", request.quota());
        add(options, "--keep-free", "keepFree", request.keepFree());
        return List.copyOf(options);
    }

    private static void add(List<String> options, String option, String field, String amount) {
        if (amount != null) {
            need(
                    AMOUNT.matcher(amount).matches(),
                    field,
                    "an amount as 20G" + ("quota".equals(field) ? "" : " or 10%"));
            options.add(option);
            options.add(amount);
        }
    }

    private static void need(boolean right, String field, String detail) {
        if (!right) {
            throw new ProblemException(Problem.ofField(field, detail));
        }
    }

    @Override
    public String toString() {
        return "Wanted[" + roleWords() + " on " + targets.size() + " machines]";
    }
}
