package org.cranny.daemon.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cranny.daemon.capacity.Lending;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** What was typed after {@code cranny-daemon}. Complaints are {@link IllegalArgumentException}s of one sentence. */
public final class Options {
    private final Map<String, String> given;

    private Options(Map<String, String> given) {
        this.given = given;
    }

    /**
     * @param plain what the one argument without a name is called
     * @param known options, each with a value
     * @param flags options without one
     */
    public static Options read(String plain, Set<String> known, Set<String> flags, String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                given.put(plain, arguments[i]);
            } else if (flags.contains(arguments[i])) {
                given.put(arguments[i], "yes");
            } else if (!known.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("not understood: " + arguments[i]);
            } else {
                given.put(arguments[i], arguments[++i]);
            }
        }
        return new Options(given);
    }

    public String get(String option) {
        return given.get(option);
    }

    public boolean has(String option) {
        return given.containsKey(option);
    }

    public String need(String option, String what) {
        String value = given.get(option);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return value;
    }

    public Home home() {
        return new Home(Path.of(need("--home", "--home")).toAbsolutePath());
    }

    /** The enrollment token: as it was typed, or the first line of a file, or of standard input where that is {@code -}. */
    String token() throws IOException {
        if (has("--token") == has("--token-file")) {
            throw new IllegalArgumentException("the enrollment token is given with --token or with --token-file");
        }
        if (has("--token")) {
            return need("--token", "--token");
        }
        String file = get("--token-file");
        try (BufferedReader reader = file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = reader.readLine();
            if (line == null || line.isBlank()) {
                throw new IllegalArgumentException(
                        "there is no token in " + (file.equals("-") ? "standard input" : file));
            }
            return line.strip();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new IllegalArgumentException("the file with the token cannot be read: " + file, e);
        }
    }

    /** What the owner of a host wishes. @param central where machines talk to central, or null */
    Settings host(URI central) throws IOException {
        URI address = https(need("--address", "--address"), "--address");
        if (address.getPort() < 1 || !address.getPath().isEmpty()) {
            throw new IllegalArgumentException("--address is a host and a port, as in https://10.0.0.7:9443");
        }
        String keepFree = given.getOrDefault("--keep-free", "10%");
        Lending.parse(given.get("--quota"), keepFree);
        return new Settings(name(), address.toString(), central, given.get("--quota"), keepFree);
    }

    /** What the machine is called. */
    String name() throws IOException {
        return has("--name") ? given.get("--name") : InetAddress.getLocalHost().getHostName();
    }

    static URI https(String text, String what) {
        URI address = URI.create(text);
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(what + " begins with https:// and names a host: " + text);
        }
        return address;
    }

    static int exitCode(ProblemException e) {
        try {
            return ProblemKind.valueOf(e.problem().kind()).exitCode();
        } catch (IllegalArgumentException unknown) {
            return ProblemKind.INTERNAL.exitCode();
        }
    }
}
