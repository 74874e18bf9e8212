package org.cranny.protocol.policy;

import java.util.List;

/**
 * What holds for one source, as its agent keeps it for the time when central is away.
 *
 * @param tag changes whenever anything else here does
 * @param policy all that is set for this source
 * @param folders what more is left out below single folders, shorter paths first
 * @param due when backups are due from now on, epoch seconds, rising: all that central will call for within about two
 *     months, so that the agent needs neither central nor a calendar
 */
public record EffectivePolicy(String tag, Policy policy, List<Folder> folders, List<Long> due) {

    /** @param path absolute @param excludes patterns that hold below it */
    public record Folder(String path, List<String> excludes) {}
}
