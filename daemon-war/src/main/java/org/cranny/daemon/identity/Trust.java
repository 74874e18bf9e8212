package org.cranny.daemon.identity;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.problem.ProblemException;

/**
 * {@code cranny-daemon trust request FILE --home DIR [--quota 20G]} writes what the keeper of another realm needs to list
 * this host; {@code trust add BUNDLE --home DIR --ca-fingerprint F [--quota 20G]} takes the answer, and from then
 * on that realm's sources may keep fragments here; {@code trust list} and {@code trust remove REALM} show and end it. Exit
 * codes as {@link Join}'s.
 */
public final class Trust {
    private static final String WHAT = "WHAT";
    private static final Set<String> KNOWN = Set.of("--home", "--ca-fingerprint", "--quota");

    private Trust() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        try {
            String word = arguments.length == 0 ? "" : arguments[0];
            Options given = Options.read(
                    WHAT,
                    KNOWN,
                    Set.of(),
                    Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length));
            act(word, given, new Trusting(given.home()));
            return 0;
        } catch (ProblemException e) {
            return Join.say(e.problem().detail() + ". " + e.problem().advice(), Options.exitCode(e));
        } catch (IllegalArgumentException e) {
            return Join.say(e.getMessage(), Join.WRONG_USE);
        } catch (NoSuchFileException e) {
            return Join.say("there is no " + e.getFile() + ". Check the path.", 1);
        } catch (IOException e) {
            return Join.say(e.getMessage(), 1);
        }
    }

    private static void act(String word, Options given, Trusting trusting) throws IOException {
        switch (word) {
            case "request" -> request(given, trusting);
            case "add" -> {
                RealmId realm = trusting.add(
                        Join.read(Path.of(given.need(WHAT, "the file of the bundle"))),
                        given.need("--ca-fingerprint", "--ca-fingerprint"),
                        given.get("--quota"));
                System.out.println("Realm " + realm + " is trusted from now on.");
            }
            case "list" -> trusting.lines().forEach(System.out::println);
            case "remove" -> {
                RealmId realm = new RealmId(given.need(WHAT, "the realm, as \"trust list\" shows it,"));
                trusting.remove(realm);
                System.out.println("Realm " + realm + " is not trusted any more. What"
                        + " was kept for it stays, and takes room, until you remove the folders fragments/" + realm
                        + "-* and trash/" + realm + "-* while the daemon is stopped.");
            }
            default ->
                throw new IllegalArgumentException(
                        "say what is to be done: trust request, trust add, trust list or trust remove");
        }
    }

    private static void request(Options given, Trusting trusting) throws IOException {
        Path file =
                Path.of(given.need(WHAT, "the file to write the request to")).toAbsolutePath();
        JoinRequest request = trusting.request(given.get("--quota"));
        try (Jsonb json = JsonbBuilder.create()) {
            Home.replace(file, json.toJson(request).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the request cannot be written: " + e.getMessage(), e);
        }
        System.out.println("Carry " + file + " to the keeper of the other realm, who answers it: cranny realm add-host "
                + file.getFileName());
    }
}
