package org.cranny.client.cli;

import java.util.List;
import org.cranny.client.hook.Hooks;
import org.cranny.client.power.BatteryRule;
import org.cranny.client.power.Power;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.transfer.Limits;

/** A backup with all that goes with it. @param paths as people write them */
record Errand(BackupRequest request, Limits limits, Hooks hooks, BatteryRule battery, List<String> paths) {

    /** @throws PostponedException when it should not be now */
    void checkPower(Power power) {
        battery.objection(power).ifPresent(objection -> {
            throw new PostponedException(objection + " Nothing was done; plug it in, or try again later.");
        });
    }
}
