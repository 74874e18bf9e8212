package org.cranny.client.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.cranny.client.realm.OwnRealm;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "realm",
        description = "Keep a realm without central: who is in it, which hosts it has, who may keep data.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RealmInitCommand.class,
            RealmAddHostCommand.class,
            RealmAddSourceCommand.class,
            RealmAllotCommand.class,
            RealmMasterFileCommand.class,
            RealmListCommand.class
        })
final class RealmCommand implements Runnable {
    @ParentCommand
    private Cranny cranny;

    @Override
    public void run() {
        throw new WrongUseException("Say what to do, for example 'cranny realm list'. See 'cranny realm --help'.");
    }

    Cranny cranny() {
        return cranny;
    }

    /** To be closed by the caller. */
    OwnRealm open() throws IOException {
        return OwnRealm.open(cranny.home(), new SecureRandom(), Clock.systemUTC());
    }
}
