package org.cranny.client.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.realm.OwnRealm;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "init", description = "Make a realm, whose keys are kept here, sealed with a passphrase.")
final class RealmInitCommand implements Callable<Integer> {
    @ParentCommand
    private RealmCommand realm;

    @Option(names = "--name", required = true, description = "What you call it, for example home.")
    private String name;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = realm.cranny();
        char[] secret = passphrase.chosen("the realm");
        try (OwnRealm made = OwnRealm.make(cranny.home(), name, secret, new SecureRandom(), Clock.systemUTC())) {
            if (cranny.json()) {
                cranny.screen()
                        .line(JsonLine.of("realm")
                                .add("name", made.name())
                                .add("realm", made.id().hex())
                                .add("caFingerprint", made.fingerprint().hex())
                                .toString());
            }
            cranny.say("The realm '" + made.name() + "' is " + made.id() + ". Its authority has the fingerprint "
                    + made.fingerprint() + ", which everyone who joins compares.");
            cranny.say("Next, on each host: cranny-daemon request FILE; here: cranny realm add-host FILE");
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
        return ExitCode.DONE.number();
    }
}
