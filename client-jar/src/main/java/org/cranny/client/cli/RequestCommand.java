package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.cranny.client.enrollment.Joining;
import org.cranny.client.report.JsonLine;
import org.cranny.protocol.enrollment.JoinRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "request", description = "Write a request to join a realm without central, for its keeper to answer.")
final class RequestCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(paramLabel = "FILE", description = "Where to write the request, for example laptop.request")
    private Path file;

    @Option(names = "--name", description = "How the realm will call this machine (default: its host name).")
    private String name;

    @Override
    public Integer call() throws IOException {
        JoinRequest request =
                new Joining(cranny.home(), new SecureRandom(), Clock.systemUTC()).request(MachineName.of(name));
        CarriedFile.write(file, request);
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("request").add("file", file.toString()).toString());
        }
        cranny.say("Carry " + file + " to the keeper of the realm, who answers it: cranny realm add-source " + file);
        return ExitCode.DONE.number();
    }
}
