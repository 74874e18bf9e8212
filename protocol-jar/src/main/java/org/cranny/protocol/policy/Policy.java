package org.cranny.protocol.policy;

import java.util.List;

/**
 * How a machine is backed up. Of one scope: what it sets, null inherits. Of a machine: what holds for it, null is
 * what the backup application does by itself. Shown member by member in {@code docs/reference/policies.md}.
 *
 * @param paths absolute paths that are backed up
 * @param all whether all local disks are backed up, in place of paths
 * @param excludes patterns of gitignore; those of the narrower scope come after those of the wider one and win
 * @param defaultExcludes whether caches of well-known tools are left out
 * @param excludeCaches whether folders with a {@code CACHEDIR.TAG} are left out
 * @param excludeLargerThanBytes files that are larger are left out
 * @param oneFileSystem whether a backup stays on the file systems of its paths
 * @param copies of each pack, 2 at least
 * @param browsing whether central may list files by itself; if not, it gets no key for it and asks the machine's agent
 */
public record Policy(
        List<String> paths,
        Boolean all,
        List<String> excludes,
        Boolean defaultExcludes,
        Boolean excludeCaches,
        Long excludeLargerThanBytes,
        Boolean oneFileSystem,
        Schedule schedule,
        Integer copies,
        Retention retention,
        Bandwidth bandwidth,
        Hooks hooks,
        Battery battery,
        Compression compression,
        Boolean browsing) {
    /** Sets nothing. */
    public static final Policy EMPTY =
            new Policy(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * When backups are due.
     *
     * @param times cron expressions of five fields, by the clock on the wall
     * @param zone of that clock, for example {@code Europe/Berlin}
     * @param jitterMinutes by which machines are spread behind each time, each always by the same
     * @param window outside of which no backup begins
     * @param catchUp whether one backup is made for all that were missed
     */
    public record Schedule(List<String> times, String zone, Integer jitterMinutes, Window window, Boolean catchUp) {}

    /** From one time of day to another, {@code 22:00} to {@code 06:00}; over midnight when the end is earlier. */
    public record Window(String from, String to) {}

    /** How many snapshots are kept of each kind, and how many days all are. */
    public record Retention(
            Integer last,
            Integer hourly,
            Integer daily,
            Integer weekly,
            Integer monthly,
            Integer yearly,
            Integer withinDays) {}

    /** Octets a second; the first of the hours that fits decides, else these. 0 is no limit. */
    public record Bandwidth(Long uploadBytesPerSecond, Long downloadBytesPerSecond, List<Hours> hours) {}

    /**
     * Limits for a part of the week, by the clock of the machine.
     *
     * @param days {@code MON} to {@code SUN}
     * @param from {@code 08:00}
     * @param to {@code 18:00}; earlier than {@code from} is after midnight
     */
    public record Hours(
            List<String> days, String from, String to, Long uploadBytesPerSecond, Long downloadBytesPerSecond) {}

    /**
     * Commands before and after a backup.
     *
     * @param pre a program and its arguments
     * @param post a program and its arguments
     * @param failure {@code stop} or {@code go-on}
     */
    public record Hooks(List<String> pre, List<String> post, String failure, Integer timeoutSeconds) {}

    /** When a machine that runs on its battery makes no backup: never, or only above a percentage. */
    public record Battery(Boolean never, Integer abovePercent) {}

    /** @param codec {@code zstd}, {@code lz4}, {@code xz} or {@code none} @param level on the codec's own scale */
    public record Compression(String codec, Integer level) {}
}
