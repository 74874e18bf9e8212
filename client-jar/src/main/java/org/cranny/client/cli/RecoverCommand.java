package org.cranny.client.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.enrollment.TakeOver;
import org.cranny.client.home.Configuration;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "recover",
        description = "Take the place of a lost machine with a recovery token, and bring its files back here.")
final class RecoverCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "Central's address, for example https://central.example:8181")
    private String central;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "What to bring back (default: everything).")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--token", required = true, description = "The recovery token: see 'cranny admin recover --token'.")
    private String token;

    @Option(
            names = "--ca-fingerprint",
            required = true,
            paramLabel = "SHA256",
            description = "SHA-256 of the authority's certificate, which your administrator gave you too.")
    private String fingerprint;

    @Option(names = "--snapshot", description = "The beginning of its id (default: the newest).")
    private String snapshot = "latest";

    @Option(
            names = "--target",
            paramLabel = "DIR",
            description = "Folder to bring files back below (default: /, each to its old place); what is in the way is"
                    + " replaced.")
    private Path target = Path.of("/");

    @Option(names = "--no-restore", description = "Only take the place; bring files back later with 'cranny restore'.")
    private boolean noRestore;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<byte[]> octets = new ArrayList<>(paths.size());
        for (String path : paths) {
            octets.add(TypedPaths.inSnapshot(path));
        }
        Enrollment.Order order = new Enrollment.Order(address(), token.strip(), pin(), "replacement");
        Configuration made = new TakeOver(cranny.home(), new SecureRandom(), Clock.systemUTC()).takeOver(order);
        cranny.say("This machine has taken the place of '" + made.name() + "', number "
                + made.system().number() + ". The lost machine's key is good for nothing any more.");
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = machine.toRead()) {
            if (noRestore) {
                conclude(made, null, null, null);
                return ExitCode.DONE.number();
            }
            Snapshot found = backups.source().snapshots().find(snapshot);
            Files.createDirectories(target);
            RestoreRequest request = new RestoreRequest(
                    found, octets, target.toAbsolutePath(), Overwrite.IF_CHANGED, false, new TargetRules(false, true));
            try (Progress progress = cranny.progress("Restoring")) {
                RestoreOutcome outcome = backups.restore(
                        request,
                        (host, pack, reason) -> progress.warning(host.name(), reason),
                        new RestoreProgress(progress));
                backups.tell();
                outcome.warnings().forEach(warning -> progress.warning((String) null, warning));
                progress.close();
                conclude(made, found, outcome, progress);
                return (outcome.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE).number();
            }
        }
    }

    private void conclude(Configuration made, Snapshot found, RestoreOutcome outcome, Progress progress) {
        if (cranny.json()) {
            JsonLine line = JsonLine.of("summary")
                    .add("system", made.system().number())
                    .add("name", made.name())
                    .add("snapshot", found == null ? null : found.id());
            if (outcome != null) {
                line.add("target", target.toAbsolutePath().toString())
                        .add("files", outcome.files())
                        .add("bytes", outcome.bytes())
                        .add("fetchedBytes", outcome.fetchedBytes())
                        .add("failed", outcome.failed())
                        .add("warnings", outcome.warned())
                        .addSeconds("seconds", progress.elapsedMillis());
            }
            cranny.screen().line(line.toString());
            return;
        }
        if (outcome == null) {
            cranny.say("Next: cranny restore latest --target DIR");
            return;
        }
        cranny.say(Human.count(outcome.files(), "file") + ", " + Human.bytes(outcome.bytes()) + " are in " + target
                + ". Took " + Human.duration(Duration.ofMillis(progress.elapsedMillis())) + ".");
        if (outcome.failed() > 0) {
            cranny.screen()
                    .errorLine("cranny: " + Human.count(outcome.failed(), "file")
                            + " could not be brought back; they are named above. Start the hosts that are away, then:"
                            + " cranny restore " + found.shortId() + " --target " + target + " --overwrite");
        }
    }

    private URI address() {
        try {
            URI address = URI.create(central);
            if ("https".equals(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("'" + central + "' is no address. Write https://host:port.");
        }
        throw new WrongUseException("'" + central + "' is no https address with a host. Write https://host:port.");
    }

    private Fingerprint pin() {
        try {
            return Fingerprint.parse(fingerprint);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
    }
}
