package org.cranny.central.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.protocol.octets.MalformedException;

/**
 * The files of central's home that cannot be made again: keys, passwords, settings (which may lie elsewhere, with a link to
 * them in the home). Needs no server. Names are {@code FILE}, {@code keys/FILE} or {@code secrets/FILE}, nothing else.
 */
public final class HomeCopy {
    private static final Pattern NAME = Pattern.compile("(keys/|secrets/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final long LARGEST = 1L << 20;

    private final HomeFolder home;

    public HomeCopy(Path home) {
        this.home = new HomeFolder(home);
    }

    /** Names of the files, sorted. */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (String folder : List.of("", "keys", "secrets")) {
            if (!Files.isDirectory(home.path(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.list(home.path(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = home.path().relativize(file).toString();
                    if (NAME.matcher(name).matches()
                            && !name.endsWith(".part")
                            && Files.isRegularFile(file)
                            && Files.size(file) <= LARGEST) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    public byte[] read(String name) throws IOException {
        return home.read(checked(name));
    }

    /** Puts a file where there is none; what is there stays. @return whether it was put there */
    public boolean put(String name, byte[] octets) throws IOException {
        if (home.has(checked(name))) {
            return false;
        }
        home.write(name, octets);
        return true;
    }

    /** @throws GeneralSecurityException when the passphrase is not the right one, or this is no escrow key */
    public static PrivateKey escrowKey(byte[] escrowKeyFile, char[] passphrase) throws GeneralSecurityException {
        try {
            return SealedKey.open(escrowKeyFile, passphrase).getPrivate();
        } catch (MalformedException e) {
            throw new GeneralSecurityException("the file is no escrow key", e);
        }
    }

    private static String checked(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("this is no file of central's home: " + name);
        }
        return name;
    }
}
