package org.cranny.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.engine.posix.PathBytes;

/**
 * Paths as they were typed, in octets. Java turns octets that are not UTF-8 into replacement characters; for those the
 * kernel's own record of the command line is read.
 */
final class TypedPaths {
    private static final char REPLACEMENT = '\uFFFD';
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private TypedPaths() {}

    /** A path that must exist, absolute, without links in what leads to it. */
    static byte[] existing(String typed) throws IOException {
        Path path = path(typed);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(typed);
        }
        Path name = path.getFileName();
        boolean named =
                name != null && !name.toString().equals(".") && !name.toString().equals("..");
        Path parent = path.toAbsolutePath().getParent();
        return PathBytes.of(named && parent != null ? parent.toRealPath().resolve(name) : path.toRealPath());
    }

    /** A path inside a snapshot: absolute, without {@code .} and {@code ..}, whether it exists here or not. */
    static byte[] inSnapshot(String typed) throws IOException {
        return PathBytes.of(path(typed).toAbsolutePath().normalize());
    }

    /** What was typed, in octets; of {@code --option=text} the text. */
    static byte[] octets(String typed) throws IOException {
        byte[] decoded = typed.getBytes(StandardCharsets.UTF_8);
        if (typed.indexOf(REPLACEMENT) < 0) {
            return decoded;
        }
        for (byte[] argument : arguments()) {
            byte[] value = Arrays.copyOfRange(argument, afterEquals(argument), argument.length);
            for (byte[] part : List.of(argument, value)) {
                if (new String(part, StandardCharsets.UTF_8).equals(typed)) {
                    return part;
                }
            }
        }
        return decoded;
    }

    private static Path path(String typed) throws IOException {
        if (typed.isEmpty()) {
            throw new WrongUseException("A path is empty. Leave it out, or name a file or folder.");
        }
        return typed.indexOf(REPLACEMENT) < 0 ? Path.of(typed) : ofOctets(typed);
    }

    private static Path ofOctets(String typed) throws IOException {
        for (byte[] argument : arguments()) {
            if (new String(argument, StandardCharsets.UTF_8).equals(typed)) {
                byte[] here = PathBytes.of(Path.of("").toAbsolutePath());
                return PathBytes.toPath(argument[0] == '/' ? argument : PathBytes.join(here, argument));
            }
        }
        return Path.of(typed);
    }

    private static int afterEquals(byte[] argument) {
        for (int i = 0; i < argument.length; i++) {
            if (argument[i] == '=') {
                return i + 1;
            }
        }
        return 0;
    }

    private static List<byte[]> arguments() throws IOException {
        List<byte[]> arguments = new ArrayList<>();
        if (Files.isReadable(COMMAND_LINE)) {
            byte[] all = Files.readAllBytes(COMMAND_LINE);
            int from = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == 0) {
                    arguments.add(Arrays.copyOfRange(all, from, i));
                    from = i + 1;
                }
            }
        }
        return arguments;
    }
}
