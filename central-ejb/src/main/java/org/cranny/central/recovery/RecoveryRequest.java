package org.cranny.central.recovery;

import java.util.List;

/**
 * What a person asks for.
 *
 * @param snapshot the beginning of its id, {@code latest}, or null for the newest
 * @param paths absolute, as {@code \xNN} text; null or empty for the whole machine; not for hand-overs
 * @param way name of a {@link Way}; null for an archive
 * @param format {@code tar}, {@code tar.gz}, {@code tar.zst} or {@code zip}; null for tar
 * @param agent number of the machine whose agent takes the place; else null
 * @param target folder on that machine, in the notation of paths; null for {@code /}
 */
public record RecoveryRequest(
        String snapshot, List<String> paths, String way, String format, Long agent, String target) {}
