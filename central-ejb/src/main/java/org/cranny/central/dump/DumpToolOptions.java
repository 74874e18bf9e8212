package org.cranny.central.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.masterfile.Host;

/**
 * What {@code DumpTool} is asked for.
 *
 * @param home where files of the home go
 * @param escrow how the escrow key is had
 * @param url of the database to fill
 * @param rescue the rescue file, when dumps are on hosts
 * @param to folder for a dump that is fetched
 * @param hosts whose address is not, or not any more, that of the rescue file
 */
record DumpToolOptions(
        String command,
        Path file,
        Path home,
        EscrowAtHand escrow,
        String url,
        String user,
        String password,
        Path rescue,
        Path to,
        List<Host> hosts) {
    private static final Pattern HOST = Pattern.compile("([0-9]{1,18})=(https://\\S+)");

    static final String USAGE = "use: list --home DIR | list --rescue FILE KEY"
            + " | fetch [NAME] --rescue FILE KEY --to DIR [--host NUMBER=https://HOST:PORT]..."
            + " | verify FILE KEY | restore FILE --home DIR KEY [--database JDBC-URL --user NAME --password-file FILE];"
            + " KEY is --escrow-passphrase-file FILE, with --escrow-key FILE unless the rescue file or the home has it,"
            + " or --share FILE... --share-key FILE... of enough recovery officers";

    /** As central itself opens it: docs/adr/0069. */
    private static final String NEVER_CLOSED = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

    private static final List<String> COMMANDS = List.of("list", "fetch", "verify", "restore");

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static DumpToolOptions parse(String... arguments) throws IOException {
        if (arguments.length == 0 || !COMMANDS.contains(arguments[0])) {
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
        Path rescue = null;
        Path to = null;
        List<Host> hosts = new ArrayList<>();
        List<Path> shares = new ArrayList<>();
        List<Path> shareKeys = new ArrayList<>();
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
                case "--rescue" -> rescue = Path.of(value);
                case "--to" -> to = Path.of(value).toAbsolutePath().normalize();
                case "--host" -> hosts.add(host(value));
                case "--escrow-key" -> escrowKey = Path.of(value);
                case "--escrow-passphrase-file" -> passphrase = Path.of(value);
                case "--share" -> shares.add(Path.of(value));
                case "--share-key" -> shareKeys.add(Path.of(value));
                case "--database" -> url = value;
                case "--user" -> user = value;
                case "--password-file" ->
                    password = Files.readString(Path.of(value)).strip();
                default -> throw new IllegalArgumentException("unknown option " + arguments[i - 1] + "; " + USAGE);
            }
        }
        boolean fetches = command.equals("fetch") || rescue != null;
        boolean reads = command.equals("verify") || command.equals("restore");
        need(!fetches || !reads, "--rescue goes with list and fetch");
        need(!fetches || rescue != null, "--rescue is needed: the file rescue.txt that lies beside the dumps");
        need(!command.equals("fetch") || to != null, "--to is needed: a folder for the dump");
        need(!reads || file != null, "say which dump");
        need(fetches || command.equals("verify") || home != null, "--home is needed");
        if (escrowKey == null && home != null) {
            escrowKey = home.resolve("escrow.key");
        }
        boolean split = !shares.isEmpty();
        need(split == !shareKeys.isEmpty(), "--share and --share-key go together");
        need(!split || passphrase == null, "shares need no --escrow-passphrase-file");
        need(!reads || split || escrowKey != null, "--escrow-key is needed: the file escrow.key of central's home");
        need(!reads && !fetches || split || passphrase != null, "--escrow-passphrase-file is needed");
        if (url == null && home != null) {
            url = "jdbc:h2:file:" + home.resolve("database/central") + NEVER_CLOSED;
        }
        EscrowAtHand escrow = new EscrowAtHand(escrowKey, passphrase, List.copyOf(shares), List.copyOf(shareKeys));
        return new DumpToolOptions(command, file, home, escrow, url, user, password, rescue, to, hosts);
    }

    private static Host host(String text) {
        Matcher matcher = HOST.matcher(text);
        need(matcher.matches(), "--host is written NUMBER=https://HOST:PORT, not " + text);
        return RescueFile.host(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private static void need(boolean given, String otherwise) {
        if (!given) {
            throw new IllegalArgumentException(otherwise + "; " + USAGE);
        }
    }
}
