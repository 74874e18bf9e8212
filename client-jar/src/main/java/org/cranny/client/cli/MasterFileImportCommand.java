package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.protocol.masterfile.MasterFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "import", description = "Take a newer list of hosts from a file.")
final class MasterFileImportCommand implements Callable<Integer> {
    @ParentCommand
    private MasterFileCommand parent;

    @Parameters(paramLabel = "FILE", description = "A master file that this machine's realm signed.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = parent.cranny();
        try (Machine machine = Machine.open(cranny.home())) {
            MasterFile newest = machine.importMasterFile(CarriedFile.text(file));
            if (cranny.json()) {
                cranny.screen()
                        .line(JsonLine.of("master-file-imported")
                                .add("version", newest.version())
                                .toString());
            }
            cranny.say("The list of hosts is now version " + newest.version() + ", with "
                    + Human.count(newest.lines().size(), "host") + ".");
        }
        return ExitCode.DONE.number();
    }
}
