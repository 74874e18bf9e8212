package org.cranny.engine.retention;

import java.util.List;

/**
 * What came of forgetting.
 *
 * @param forgotten snapshots that were forgotten now
 * @param givenUp snapshots that nobody can have again from now on
 * @param marked packs that nothing needs, found now
 * @param putAway fragments that went into the trash of their hosts now
 * @param deleted fragments that hosts deleted now
 * @param waiting fragments that are to go and are still on hosts
 * @param refused why nothing was put away, in one sentence; null when nothing stood against it
 * @param troubles hosts that could not be asked, one line each
 */
public record ForgetOutcome(
        int forgotten,
        int givenUp,
        int marked,
        int putAway,
        int deleted,
        int waiting,
        String refused,
        List<String> troubles) {}
