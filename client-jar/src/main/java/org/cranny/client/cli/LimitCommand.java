package org.cranny.client.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "limit",
        description = "Say how fast this machine may send and fetch; without options, show it. A policy may make it"
                + " slower, never faster.")
final class LimitCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Option(
            names = "--upload",
            paramLabel = "RATE",
            description = "Send so many bytes a second at most, for example 2M; 'none' for no limit.")
    private String upload;

    @Option(
            names = "--download",
            paramLabel = "RATE",
            description = "Fetch so many bytes a second at most, for example 500k; 'none' for no limit.")
    private String download;

    @Override
    public Integer call() throws IOException {
        Home home = cranny.home();
        home.configuration();
        OwnRates own = new OwnRates(home);
        OwnRates.Rates rates = own.kept();
        if (upload != null || download != null) {
            rates = rates(rates);
            own.keep(rates);
        }
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("limit")
                            .add("uploadBytesPerSecond", rates.upload())
                            .add("downloadBytesPerSecond", rates.download())
                            .toString());
        } else {
            cranny.screen().line(rates.sentence());
        }
        return ExitCode.DONE.number();
    }

    private OwnRates.Rates rates(OwnRates.Rates before) {
        try {
            return new OwnRates.Rates(rate(upload, before.upload()), rate(download, before.download()));
        } catch (IllegalArgumentException tooSlow) {
            throw new WrongUseException(tooSlow.getMessage());
        }
    }

    private static long rate(String typed, long before) {
        if (typed == null) {
            return before;
        }
        return typed.equals("none") ? 0 : new Amount().convert(typed);
    }
}
