package org.cranny.central.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.enrollment.Token;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Lines to paste on machines that central cannot log in to. The line names central, pins the key that its listener must
 * show, and brings a token on standard input; the script that it fetches has nothing secret in it, and does what an
 * installation over SSH does.
 */
@ApplicationScoped
public class JoinLines {
    private static final long TOKEN_SECONDS = 3_600;
    private static final int DAEMON_PORT = 9_443;
    private static final List<Script> SCRIPTS = List.of(
            Script.LOOK,
            Script.UNPACK,
            Script.SETTLE,
            Script.ENROLL,
            Script.START,
            Script.ALIVE,
            Script.UNDO,
            Script.FINISH);

    private final Enrollments enrollments;
    private final Authority authority;
    private final Settings settings;

    protected JoinLines() {
        this(null, null, null);
    }

    @Inject
    public JoinLines(Enrollments enrollments, Authority authority, Settings settings) {
        this.enrollments = enrollments;
        this.authority = authority;
        this.settings = settings;
    }

    /**
     * Makes a line that is good once, for an hour.
     *
     * @param roles {@code daemon}, {@code source}, or both
     * @param central where machines find central
     * @throws ProblemException BAD_REQUEST, NO_PACKAGES
     */
    public JoinLine make(String actor, List<String> roles, String central) {
        Set<Role> wanted = roles(roles);
        URI address = Wanted.central(central);
        version(wanted);
        Token token = enrollments.createToken(
                actor, new TokenRequest(wanted.stream().map(Role::enrolledAs).toList(), wanted.size(), TOKEN_SECONDS));
        String words = wanted.stream().map(Role::word).collect(Collectors.joining(","));
        return new JoinLine(
                "(echo t=" + token.token() + "; curl -fsS -k --pinnedpubkey " + Script.quoted(pin()) + " "
                        + Script.quoted(address + "/api/v1/join?roles=" + words)
                        + " || echo exit 1) | $(id -u | grep -qx 0 || echo sudo) sh",
                token.expires());
    }

    private static Set<Role> roles(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words == null ? List.<String>of() : words) {
            Role.of(word).ifPresent(roles::add);
        }
        if (words == null || roles.size() != words.size() || roles.isEmpty()) {
            throw new ProblemException(Problem.ofField("roles", "daemon, source, or both"));
        }
        return roles;
    }

    /** What {@code curl} compares: SHA-256 of the public key that central's listeners show. */
    private String pin() {
        try {
            byte[] key = authority.identity().certificate().getPublicKey().getEncoded();
            return "sha256//"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The script that the line runs.
     *
     * @param central as whoever asks found it
     * @param address of the machine that asks, as central sees it
     */
    public String script(List<String> roles, String central, String address) {
        Set<Role> wanted = roles(roles);
        StringBuilder script = new StringBuilder();
        set(script, "central", Wanted.central(central).toString());
        set(script, "fingerprint", authority.fingerprint());
        set(script, "pin", pin());
        set(script, "roles", wanted.stream().map(Role::word).collect(Collectors.joining(" ")));
        set(script, "version", version(wanted));
        set(script, "address", address.contains(":") ? "[" + address + "]" : address);
        set(script, "port", String.valueOf(DAEMON_PORT));
        SCRIPTS.forEach(each -> set(script, each.word(), each.text()));
        return script.append(Script.read("join")).toString();
    }

    private static void set(StringBuilder script, String name, String value) {
        script.append(name).append('=').append(Script.quoted(value)).append('\n');
    }

    /** @throws ProblemException NO_PACKAGES when there is none, or when they are of several versions */
    private String version(Set<Role> roles) {
        Set<String> versions = roles.stream()
                .flatMap(role -> Packages.ARCHES.stream().flatMap(arch -> find(role, arch).stream()))
                .map(Packages.Archive::version)
                .collect(Collectors.toSet());
        if (versions.size() != 1) {
            throw new ProblemException(
                    ProblemKind.NO_PACKAGES,
                    versions.isEmpty()
                            ? "central has no packages to install"
                            : "central's packages are of several versions: " + versions);
        }
        return versions.iterator().next();
    }

    private Optional<Packages.Archive> find(Role role, String arch) {
        try {
            return Optional.of(Packages.of(settings).find(role, arch));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /**
     * The archive for a machine that shows a token.
     *
     * @throws ProblemException UNKNOWN_TOKEN, EXPIRED_TOKEN, NOT_FOUND
     */
    public Path archive(String token, String role, String arch) {
        enrollments.require(token);
        return Role.of(role)
                .filter(any -> Packages.ARCHES.contains(arch))
                .flatMap(known -> find(known, arch))
                .map(Packages.Archive::file)
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no such package"));
    }
}
