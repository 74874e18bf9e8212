package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.enrollment.Joining;
import org.cranny.client.home.Configuration;
import org.cranny.client.report.JsonLine;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.masterfile.MasterFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "join",
        description = "Take the answer to a request to join; on a machine that has joined, take what a bundle renews.")
final class JoinCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(paramLabel = "BUNDLE", description = "The file that the keeper of the realm gave you.")
    private Path file;

    @Option(
            names = "--ca-fingerprint",
            paramLabel = "SHA256",
            description = "SHA-256 of the realm's authority, which its keeper tells you; needed the first time.")
    private String fingerprint;

    @Override
    public Integer call() throws IOException {
        JoinBundle bundle = CarriedFile.read(file, JoinBundle.class);
        if (!JoinBundle.KIND.equals(bundle.cranny()) || bundle.format() != JoinBundle.FORMAT) {
            throw new WrongUseException(
                    "The file " + file + " is no bundle of this version. See 'cranny realm --help'.");
        }
        Joining joining = new Joining(cranny.home(), new SecureRandom(), Clock.systemUTC());
        if (cranny.home().enrolled()) {
            renew(joining, bundle);
        } else {
            join(joining, bundle);
        }
        return ExitCode.DONE.number();
    }

    private void join(Joining joining, JoinBundle bundle) throws IOException {
        Configuration made = joining.join(bundle, pin());
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("joined")
                            .add("system", made.system().number())
                            .add("realm", made.system().realm().hex())
                            .add("name", made.name())
                            .add("home", cranny.home().folder().toString())
                            .toString());
        }
        cranny.say("This machine is now '" + made.name() + "', number "
                + made.system().number() + " of realm " + made.system().realm() + ". Its keys are in "
                + cranny.home().folder() + " and nowhere else.");
        cranny.say("Next: cranny backup PATH; then cranny kit create FILE, and keep that file elsewhere.");
    }

    private void renew(Joining joining, JoinBundle bundle) throws IOException {
        Joining.Renewed renewed = joining.renew(bundle);
        long version = renewed.masterFile().map(MasterFile::version).orElse(0L);
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("renewed")
                            .add("allotmentExpires", renewed.allotmentExpires().toString())
                            .add("masterFile", version)
                            .toString());
        }
        cranny.say("The right to keep data holds until " + renewed.allotmentExpires()
                + "; the list of hosts is version " + version + ".");
    }

    private Fingerprint pin() {
        if (fingerprint == null) {
            throw new WrongUseException(
                    "--ca-fingerprint is needed: the keeper of the realm sees it with 'cranny realm list'.");
        }
        try {
            return Fingerprint.parse(fingerprint);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
    }
}
