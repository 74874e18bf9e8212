package org.cranny.client.cli;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.enrollment.TakeOver;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "enroll", description = "Make this machine a source of a realm.")
final class EnrollCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(paramLabel = "URL", description = "Central's address, for example https://central.example:8181")
    private String central;

    @Option(names = "--token", description = "The token that your administrator gave you.")
    private String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file whose first line is the token, or - for standard input: other users of this machine see"
                            + " what a command is given, and not what it reads.")
    private String tokenFile;

    @Option(
            names = "--ca-fingerprint",
            required = true,
            paramLabel = "SHA256",
            description = "SHA-256 of the authority's certificate, which your administrator gave you too.")
    private String fingerprint;

    @Option(names = "--name", description = "How central will call this machine (default: its host name).")
    private String name;

    @Option(
            names = "--recover",
            description = "This machine's home is lost, and its files are not: be the same system again, with its"
                    + " backups. The token is a recovery token (cranny admin recover --token). As 'cranny recover"
                    + " --no-restore'.")
    private boolean recover;

    @Override
    public Integer call() throws IOException {
        return (recover ? again() : first()).number();
    }

    /** Nothing of the machine's old home is needed; what it remembered is made again before the next backup. */
    private ExitCode again() throws IOException {
        if (name != null) {
            throw new WrongUseException("With --recover the machine keeps its name. Leave --name out.");
        }
        Enrollment.Order order = new Enrollment.Order(address(), token(), pin(), "replacement");
        Home home = cranny.home();
        Configuration made = new TakeOver(home, new SecureRandom(), Clock.systemUTC()).takeOver(order);
        cranny.say("This machine is '" + made.name() + "' again, number "
                + made.system().number() + ". The key in its lost home is good for nothing any more.");
        int snapshots;
        try (Machine machine = Machine.open(home);
                Backups backups = machine.toRead()) {
            snapshots = backups.source().snapshots().kept().size();
        }
        if (cranny.json()) {
            cranny.screen().line(summary(made, home).add("snapshots", snapshots).toString());
        }
        cranny.say("It knows its " + Human.count(snapshots, "snapshot")
                + " again, and the next backup sends only what they do not have.");
        return ExitCode.DONE;
    }

    private ExitCode first() throws IOException {
        Enrollment.Order order = new Enrollment.Order(address(), token(), pin(), MachineName.of(name));
        Home home = cranny.home();
        Configuration made = new Enrollment(home, new SecureRandom(), Clock.systemUTC()).enroll(order);
        if (cranny.json()) {
            cranny.screen().line(summary(made, home).toString());
        }
        cranny.say("This machine is now '" + made.name() + "', number "
                + made.system().number() + " of realm " + made.system().realm() + ". Its keys are in " + home.folder()
                + " and, sealed, at central.");
        cranny.say("Next: cranny backup PATH");
        return ExitCode.DONE;
    }

    private static JsonLine summary(Configuration made, Home home) {
        return JsonLine.of("enrolled")
                .add("system", made.system().number())
                .add("realm", made.system().realm().hex())
                .add("name", made.name())
                .add("home", home.folder().toString());
    }

    private URI address() {
        try {
            return Invitation.address(central);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
    }

    private String token() throws IOException {
        if ((token == null) == (tokenFile == null)) {
            throw new WrongUseException("Give the enrollment token with --token or with --token-file.");
        }
        return tokenFile == null ? token.strip() : SecretFile.firstLine(tokenFile);
    }

    private Fingerprint pin() {
        try {
            return Fingerprint.parse(fingerprint);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
    }
}
