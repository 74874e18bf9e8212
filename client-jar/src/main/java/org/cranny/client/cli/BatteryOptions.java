package org.cranny.client.cli;

import org.cranny.client.power.BatteryRule;
import picocli.CommandLine.Option;

/** Whether to back up now, when this machine runs on its battery. */
final class BatteryOptions {
    @Option(names = "--not-on-battery", description = "Do nothing while this machine runs on its battery.")
    private boolean never;

    @Option(
            names = "--battery-above",
            paramLabel = "PERCENT",
            description = "Do nothing while this machine runs on a battery that is not fuller than this.")
    private int above;

    BatteryRule rule() {
        if (above < 0 || above > 99) {
            throw new WrongUseException("--battery-above is " + above + ". Give a percentage from 0 to 99.");
        }
        return new BatteryRule(never, above);
    }
}
