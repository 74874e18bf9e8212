package org.cranny.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "man",
        description = "Write the manual pages, one a command, into a folder, for example /usr/local/share/man/man1.")
final class ManCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "Made when it is missing; pages of these names are replaced.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        int pages = write(Commands.all(cranny.screen()));
        cranny.say(pages + " pages are in " + folder + ". Read one: man -l " + folder.resolve("cranny.1"));
        return ExitCode.DONE.number();
    }

    private int write(CommandLine line) throws IOException {
        ManPage page = new ManPage(line);
        Files.writeString(folder.resolve(page.name() + ".1"), page.text(), StandardCharsets.UTF_8);
        int pages = 1;
        for (CommandLine below : line.getSubcommands().values()) {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                pages += write(below);
            }
        }
        return pages;
    }
}
