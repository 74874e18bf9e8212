package org.cranny.client.cli;

import org.cranny.client.power.BatteryRule;
import org.cranny.client.power.Power;
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

    /** @throws PostponedException when it should not be now */
    void check(Power power) throws PostponedException {
        if (above < 0 || above > 99) {
            throw new WrongUseException("--battery-above is " + above + ". Give a percentage from 0 to 99.");
        }
        var objection = new BatteryRule(never, above).objection(power);
        if (objection.isPresent()) {
            throw new PostponedException(objection.get() + " Nothing was done; plug it in, or try again later.");
        }
    }
}
