package org.cranny.daemon.identity;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;

/**
 * {@code cranny-daemon request FILE --home DIR --name N --address https://HOST:PORT [--quota Q] [--keep-free K]
 * [--failure-domain D]} writes a request to join a realm that has no central; {@code cranny-daemon join BUNDLE --home DIR
 * --ca-fingerprint F} takes its answer. Exit codes: 0 done, 1 failed, 2 wrong use; whatever fails is one line.
 */
public final class Join {
    static final int WRONG_USE = 2;
    private static final int LARGEST = 1 << 20;
    private static final String FILE = "FILE";
    private static final Set<String> OF_REQUEST =
            Set.of("--home", "--name", "--address", "--quota", "--keep-free", "--failure-domain");
    private static final Set<String> OF_JOIN = Set.of("--home", "--ca-fingerprint");

    private Join() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        try {
            String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            if (arguments[0].equals("request")) {
                request(Options.read(FILE, OF_REQUEST, Set.of(), rest));
            } else {
                join(Options.read(FILE, OF_JOIN, Set.of(), rest));
            }
            return 0;
        } catch (ProblemException e) {
            return say(e.problem().detail() + ". " + e.problem().advice(), Options.exitCode(e));
        } catch (IllegalArgumentException e) {
            return say(e.getMessage(), WRONG_USE);
        } catch (NoSuchFileException e) {
            return say("there is no " + e.getFile() + ". Check the path.", 1);
        } catch (IOException e) {
            return say(e.getMessage(), 1);
        }
    }

    static int say(String line, int exitCode) {
        System.err.println("cranny-daemon: " + line);
        return exitCode;
    }

    private static void request(Options given) throws IOException {
        Path file =
                Path.of(given.need(FILE, "the file to write the request to")).toAbsolutePath();
        JoinRequest request = new Joining(given.home()).request(given.host(null), given.get("--failure-domain"));
        try (Jsonb json = JsonbBuilder.create()) {
            Home.replace(file, json.toJson(request).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the request cannot be written: " + e.getMessage(), e);
        }
        System.out.println("Carry " + file + " to the keeper of the realm, who answers it: cranny realm add-host "
                + file.getFileName());
    }

    private static void join(Options given) throws IOException {
        String pin = given.need("--ca-fingerprint", "--ca-fingerprint");
        JoinBundle bundle = read(Path.of(given.need(FILE, "the file of the bundle")));
        System.out.println("joined as " + new Joining(given.home()).join(bundle, pin));
    }

    static JoinBundle read(Path file) throws IOException {
        try (Jsonb json = JsonbBuilder.create();
                InputStream in = Files.newInputStream(file)) {
            JoinBundle bundle = json.fromJson(ClosedJson.text(in.readNBytes(LARGEST)), JoinBundle.class);
            if (bundle != null) {
                return bundle;
            }
        } catch (JsonbException | MalformedException e) {
            throw new IOException(file + " is no bundle. Check which file it is.", e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        throw new IOException(file + " is no bundle. Check which file it is.");
    }
}
