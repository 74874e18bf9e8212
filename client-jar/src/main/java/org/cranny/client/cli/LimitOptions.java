package org.cranny.client.cli;

import org.cranny.engine.transfer.Limits;
import picocli.CommandLine.Option;

/** How fast a run may send and fetch. */
final class LimitOptions {
    @Option(
            names = "--limit-upload",
            paramLabel = "RATE",
            converter = Amount.class,
            description = "Send so many bytes a second at most, for example 2M.")
    private Long upload;

    @Option(
            names = "--limit-download",
            paramLabel = "RATE",
            converter = Amount.class,
            description = "Fetch so many bytes a second at most, for example 500k.")
    private Long download;

    Limits limits() {
        return Limits.of(rate("--limit-upload", upload), rate("--limit-download", download));
    }

    private static long rate(String option, Long typed) {
        if (typed != null && typed < 1_000) {
            throw new WrongUseException(option + " is below 1k, at which nothing would ever end. Give it more.");
        }
        return typed == null ? 0 : typed;
    }
}
