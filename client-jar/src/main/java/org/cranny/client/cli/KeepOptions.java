package org.cranny.client.cli;

import org.cranny.protocol.policy.Policy.Retention;
import picocli.CommandLine.Option;

/** Which snapshots stay: the same rules as in a policy. */
final class KeepOptions {
    @Option(names = "--keep-last", paramLabel = "N", description = "The newest N.")
    private Integer last;

    @Option(
            names = "--keep-hourly",
            paramLabel = "N",
            description = "The newest of each of the last N hours that have any.")
    private Integer hourly;

    @Option(names = "--keep-daily", paramLabel = "N", description = "The same by days.")
    private Integer daily;

    @Option(names = "--keep-weekly", paramLabel = "N", description = "The same by weeks.")
    private Integer weekly;

    @Option(names = "--keep-monthly", paramLabel = "N", description = "The same by months.")
    private Integer monthly;

    @Option(names = "--keep-yearly", paramLabel = "N", description = "The same by years.")
    private Integer yearly;

    @Option(names = "--keep-within-days", paramLabel = "N", description = "All of the last N days.")
    private Integer withinDays;

    /** Nothing set keeps everything. @throws WrongUseException for a negative number */
    Retention rules() {
        for (Integer each : new Integer[] {last, hourly, daily, weekly, monthly, yearly, withinDays}) {
            if (each != null && each < 0) {
                throw new WrongUseException("A --keep option takes a number from 0, not " + each + ".");
            }
        }
        return new Retention(last, hourly, daily, weekly, monthly, yearly, withinDays);
    }
}
