package org.cranny.client.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "kit",
        description = "A recovery kit: one sealed file that brings this machine's backups back on another machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KitCreateCommand.class, KitRestoreCommand.class, KitShowCommand.class})
final class KitCommand implements Runnable {
    @ParentCommand
    private Cranny cranny;

    @Override
    public void run() {
        throw new WrongUseException("Say what to do, for example 'cranny kit create FILE'. See 'cranny kit --help'.");
    }

    Cranny cranny() {
        return cranny;
    }
}
