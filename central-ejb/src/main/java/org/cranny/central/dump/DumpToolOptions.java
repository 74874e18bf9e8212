package org.cranny.central.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code DumpTool} is asked for.
 *
 * @param home where files of the home go
 * @param escrowKey file with the escrow key, sealed under the passphrase
 * @param url of the database to fill
 */
record DumpToolOptions(
        String command,
        Path file,
        Path home,
        Path escrowKey,
        Path passphraseFile,
        String url,
        String user,
        String password) {
    static final String USAGE = "use: list --home DIR | verify FILE --escrow-key FILE --escrow-passphrase-file FILE"
            + " | restore FILE --home DIR --escrow-key FILE --escrow-passphrase-file FILE"
            + " [--database JDBC-URL --user NAME --password-file FILE]";

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static DumpToolOptions parse(String... arguments) throws IOException {
        if (arguments.length == 0 || !List.of("list", "verify", "restore").contains(arguments[0])) {
            throw new IllegalArgumentException(USAGE);
        }
        String command = arguments[0];
        Path file = null;
        Path home = null;
        Path escrowKey = null;
        Path passphrase = null;
        String url = null;
        String user = "cranny";
        String password = "embedded";
        for (int i = 1; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                file = Path.of(arguments[i]);
                continue;
            }
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            if (value.isBlank()) {
                throw new IllegalArgumentException(arguments[i] + " needs a value; " + USAGE);
            }
            switch (arguments[i++]) {
                case "--home" -> home = Path.of(value).toAbsolutePath().normalize();
                case "--escrow-key" -> escrowKey = Path.of(value);
                case "--escrow-passphrase-file" -> passphrase = Path.of(value);
                case "--database" -> url = value;
                case "--user" -> user = value;
                case "--password-file" ->
                    password = Files.readString(Path.of(value)).strip();
                default -> throw new IllegalArgumentException("unknown option " + arguments[i - 1] + "; " + USAGE);
            }
        }
        boolean reads = !command.equals("list");
        need(!reads || file != null, "say which dump");
        need(command.equals("verify") || home != null, "--home is needed");
        if (escrowKey == null && home != null) {
            escrowKey = home.resolve("escrow.key");
        }
        need(!reads || escrowKey != null, "--escrow-key is needed: the file escrow.key of central's home");
        need(!reads || passphrase != null, "--escrow-passphrase-file is needed");
        if (url == null && home != null) {
            url = "jdbc:h2:file:" + home.resolve("database/central") + ";WRITE_DELAY=0";
        }
        return new DumpToolOptions(command, file, home, escrowKey, passphrase, url, user, password);
    }

    private static void need(boolean given, String otherwise) {
        if (!given) {
            throw new IllegalArgumentException(otherwise + "; " + USAGE);
        }
    }
}
