package org.cranny.client.cli;

import org.cranny.client.realm.OwnRealm;
import picocli.CommandLine.Option;

/** How much a source may keep, and for how long. */
final class RightOptions {
    private static final long TEN_TERABYTES = 10_000_000_000_000L;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long the right to keep data holds, 1 to 365 (default: 30).")
    private int days = OwnRealm.USUAL_DAYS;

    @Option(
            names = "--most",
            paramLabel = "SIZE",
            converter = Amount.class,
            description = "The most that one host keeps for it, and takes from it in a day (default: 10T).")
    private long bytes = TEN_TERABYTES;

    @Option(
            names = "--may-forget",
            description = "It may also clear away what it backed up, with 'cranny forget' (default: it may not, so that"
                    + " whoever has its key cannot).")
    private boolean mayForget;

    OwnRealm.Right right() {
        return new OwnRealm.Right(days, bytes, mayForget);
    }
}
