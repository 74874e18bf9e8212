package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.enrollment.Joining;
import org.cranny.client.home.Home;
import org.cranny.client.realm.OwnRealm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "allot", description = "Give a source a fresh right to keep data, in a bundle for 'cranny join'.")
final class RealmAllotCommand implements Callable<Integer> {
    @ParentCommand
    private RealmCommand realm;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Its number: see 'cranny realm list'.")
    private long source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "Where to write it (needed unless the source is this very machine).")
    private Path bundle;

    @Mixin
    private RightOptions right;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = realm.cranny();
        try (OwnRealm own = realm.open()) {
            boolean here = isHere(own, cranny.home());
            if (!here && bundle == null) {
                throw new WrongUseException("Say where to write the bundle, for example 'cranny realm allot " + source
                        + " laptop.bundle'.");
            }
            OwnRealm.Admitted admitted = own.allot(source, right.right(), passphrase.known("the realm"));
            if (bundle != null) {
                BundleFile.write(cranny, own, admitted, bundle);
            }
            if (here) {
                Joining.Renewed renewed =
                        new Joining(cranny.home(), new SecureRandom(), Clock.systemUTC()).renew(admitted.bundle());
                cranny.say("This machine's right to keep data holds until " + renewed.allotmentExpires() + ".");
            }
        }
        return ExitCode.DONE.number();
    }

    private boolean isHere(OwnRealm own, Home home) throws IOException {
        return home.enrolled()
                && home.configuration().system().realm().equals(own.id())
                && home.configuration().system().number() == source;
    }
}
