package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.enrollment.Joining;
import org.cranny.client.home.Configuration;
import org.cranny.client.realm.OwnRealm;
import org.cranny.client.report.JsonLine;
import org.cranny.protocol.enrollment.JoinRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "add-source",
        description = "Answer a source's request to join; without a request, make this very machine a source.")
final class RealmAddSourceCommand implements Callable<Integer> {
    @ParentCommand
    private RealmCommand realm;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REQUEST",
            description = "The file that 'cranny request' wrote (default: this machine joins at once).")
    private Path request;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "Where to write the answer (default: beside the request).")
    private Path bundle;

    @Option(names = "--name", description = "What this machine is called (default: its host name).")
    private String name;

    @Mixin
    private RightOptions right;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        try (OwnRealm own = realm.open()) {
            if (request == null) {
                joinHere(own);
            } else {
                JoinRequest asked = CarriedFile.read(request, JoinRequest.class);
                OwnRealm.Admitted admitted = own.addSource(asked, right.right(), passphrase.known("the realm"));
                BundleFile.write(realm.cranny(), own, admitted, BundleFile.beside(request, bundle));
            }
        }
        return ExitCode.DONE.number();
    }

    private void joinHere(OwnRealm own) throws IOException {
        Cranny cranny = realm.cranny();
        Joining joining = new Joining(cranny.home(), new SecureRandom(), Clock.systemUTC());
        JoinRequest asked = joining.request(MachineName.of(name));
        OwnRealm.Admitted admitted = own.addSource(asked, right.right(), passphrase.known("the realm"));
        Configuration made = joining.join(admitted.bundle(), own.fingerprint());
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
                + made.system().number() + " of the realm. Its keys are in "
                + cranny.home().folder() + " and nowhere else.");
        cranny.say("Next: cranny backup PATH; then cranny kit create FILE, and keep that file elsewhere.");
    }
}
