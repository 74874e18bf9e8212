package org.cranny.client.window;

import java.util.function.BooleanSupplier;
import org.cranny.client.report.Human;
import org.cranny.client.status.Standing;

/**
 * What every view has around it.
 *
 * @param desk where work on the home is done, one piece after the other
 * @param looks where what takes no time is done meanwhile
 * @param people how times are said
 * @param changed to be run after the home was changed
 * @param backingUp whether this window makes a backup just now, until whose end other work waits
 */
record Surroundings(
        OwnBackups backups, Desk desk, Desk looks, People people, Runnable changed, BooleanSupplier backingUp) {

    /** What people recognise a backup by. */
    String name(Standing.Kept snapshot) {
        return Words.say(
                "snapshot.name",
                people.timeFirst(snapshot.ended()),
                Human.count(snapshot.files(), Words.say("noun.file")),
                Human.bytes(snapshot.bytes()));
    }
}
