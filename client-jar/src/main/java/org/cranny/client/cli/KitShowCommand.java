package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.kit.Kit;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "show", description = "Say what a recovery kit is of and how old; with --open, check all of it.")
final class KitShowCommand implements Callable<Integer> {
    @ParentCommand
    private KitCommand kit;

    @Parameters(paramLabel = "FILE", description = "The kit.")
    private Path file;

    @Option(names = "--open", description = "Open it with its passphrase, and list what is in it.")
    private boolean open;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = kit.cranny();
        String text = Kit.instructions(file);
        List<Kit.Content> contents = open ? Kit.look(file, passphrase.known("the kit")) : List.of();
        if (cranny.json()) {
            JsonArrayBuilder files = JsonLine.array();
            contents.forEach(content ->
                    files.add(JsonLine.object().add("name", content.name()).add("bytes", content.bytes())));
            cranny.screen()
                    .line(JsonLine.of("kit-contents")
                            .add("instructions", text)
                            .add("opened", open)
                            .add("files", files.build())
                            .toString());
            return ExitCode.DONE.number();
        }
        text.lines().forEach(cranny.screen()::line);
        if (open) {
            Table table = Table.of("File", "Size");
            contents.forEach(content -> table.row(content.name(), Human.bytes(content.bytes())));
            table.print(cranny.screen());
            cranny.say("The passphrase is right, and every octet of the kit is as it was made.");
        }
        return ExitCode.DONE.number();
    }
}
