package org.cranny.client.window;

import java.io.IOException;
import java.util.Optional;
import org.cranny.client.status.Standing;

/**
 * A look at the home.
 *
 * @param stamp differs whenever something that is shown may have changed
 * @param standing empty when nothing has changed since the look before
 */
record Look(String stamp, Optional<Standing> standing) {

    /** @param before the stamp of the look before */
    static Look at(OwnBackups backups, String before) throws IOException {
        String stamp = backups.stamp();
        return new Look(stamp, stamp.equals(before) ? Optional.empty() : Optional.of(backups.standing()));
    }
}
