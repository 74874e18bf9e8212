package org.cranny.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.client.realm.OwnRealm;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.protocol.masterfile.MasterFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "master-file",
        description =
                "Write the signed list of hosts to a file, for 'cranny master-file import'; with changes, sign a new"
                        + " version first.")
final class RealmMasterFileCommand implements Callable<Integer> {
    private static final Pattern HOST = Pattern.compile("(\\d{1,18}):(https://[^/]+?:\\d{1,5}):([^:]+)(?::(.+))?");

    @ParentCommand
    private RealmCommand realm;

    @Parameters(paramLabel = "FILE", description = "Where to write it.")
    private Path file;

    @Option(
            names = "--host",
            paramLabel = "ID:ADDRESS:QUOTA[:DOMAIN]",
            description = "List this host so from now on, for example 2:https://10.0.0.7:9443:50G:office")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--drop", paramLabel = "ID", description = "Do not list this host any more.")
    private List<Long> dropped = new ArrayList<>();

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = realm.cranny();
        try (OwnRealm own = realm.open()) {
            MasterFile written = hosts.isEmpty() && dropped.isEmpty()
                    ? own.masterFile()
                            .orElseThrow(() -> new WrongUseException(
                                    "The realm has no host yet. Take one in with 'cranny realm add-host'."))
                    : own.masterFile(listings(), dropped, passphrase.known("the realm"));
            CarriedFile.write(file, written.text().getBytes(StandardCharsets.UTF_8));
            if (cranny.json()) {
                cranny.screen()
                        .line(JsonLine.of("master-file-written")
                                .add("version", written.version())
                                .add("file", file.toString())
                                .toString());
            }
            cranny.say("Version " + written.version() + ", "
                    + Human.count(written.lines().size(), "host") + ", is in " + file
                    + ". On each source: cranny master-file import " + file.getFileName());
        }
        return ExitCode.DONE.number();
    }

    private List<OwnRealm.Listing> listings() {
        List<OwnRealm.Listing> listings = new ArrayList<>(hosts.size());
        for (String typed : hosts) {
            Matcher host = HOST.matcher(typed);
            if (!host.matches()) {
                throw new WrongUseException("'" + typed + "' is not ID:ADDRESS:QUOTA[:DOMAIN]. Write for example"
                        + " 2:https://10.0.0.7:9443:50G:office.");
            }
            listings.add(new OwnRealm.Listing(
                    Long.parseLong(host.group(1)), host.group(2), new Amount().convert(host.group(3)), host.group(4)));
        }
        return listings;
    }
}
