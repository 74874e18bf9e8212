package org.cranny.protocol.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.ForgedException;

/**
 * What {@code bin/package} and {@code cranny-upgrade} do with releases. Says what came out on standard output, or in one
 * line on standard error why nothing did.
 */
public final class ReleaseTool {
    private ReleaseTool() {}

    /** Exits with 0, or with 1 when it refuses. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            out.print(answer(arguments));
            return 0;
        } catch (FileAlreadyExistsException e) {
            err.println("there is a file " + e.getMessage() + " already");
        } catch (NoSuchFileException e) {
            err.println("there is no file " + e.getMessage());
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        return 1;
    }

    private static String answer(List<String> arguments) throws IOException, MalformedException {
        String act = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (act + " " + rest.size()) {
            case "new-key 1" -> {
                ReleaseKeys.make(Path.of(rest.get(0)));
                yield "";
            }
            case "public-key 1" -> ReleaseKeys.publicPem(ReleaseKeys.readPublic(Path.of(rest.get(0))));
            case "sign 5" -> sign(rest);
            case "check 6" -> check(rest);
            default ->
                throw new IllegalArgumentException("new-key FILE, public-key FILE,"
                        + " sign KEYFILE PROGRAM VERSION ARCH ARCHIVE,"
                        + " check PUBLICKEY ARCHIVE SIGNATURE PROGRAM ARCH PRESENTVERSION");
        };
    }

    private static String sign(List<String> words) throws IOException, MalformedException {
        Release release = Release.of(words.get(1), new Version(words.get(2)), words.get(3), Path.of(words.get(4)));
        return release.sign(ReleaseKeys.readPrivate(Path.of(words.get(0))));
    }

    /** The version, when it may take the place of the present one. */
    private static String check(List<String> words) throws IOException, MalformedException {
        Path archive = Path.of(words.get(1));
        Release release = Release.open(
                Files.readString(Path.of(words.get(2)), StandardCharsets.US_ASCII),
                ReleaseKeys.readPublic(Path.of(words.get(0))));
        release.require(archive);
        if (!release.program().equals(words.get(3)) || !release.arch().equals(words.get(4))) {
            throw new ForgedException("it is " + release.program() + " for " + release.arch() + ", and this is "
                    + words.get(3) + " on " + words.get(4));
        }
        Version present = new Version(words.get(5));
        if (!release.version().isNewerThan(present)) {
            throw new ForgedException("it is " + release.version() + ", which is not newer than " + present);
        }
        return release.version() + "\n";
    }
}
