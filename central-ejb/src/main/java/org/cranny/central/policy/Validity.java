package org.cranny.central.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.engine.exclude.Excludes;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.policy.Policy;

/** Refuses policies that cannot be meant, and says which member is wrong and what would be right. */
final class Validity {
    private static final int MOST_LISTED = 1_000;
    private static final int MOST_SHOWN = 200;
    private static final int MOST_TIMES = 50;
    private static final int MOST_COPIES = 16;
    private static final int MOST_JITTER = 720;
    private static final int MOST_KEPT = 100_000;
    private static final long SLOWEST = 1_000;
    private static final Set<String> DAYS = Set.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final Map<String, int[]> LEVELS = Map.of(
            "zstd", new int[] {1, 19}, "xz", new int[] {0, 9}, "lz4", new int[] {0, 0}, "none", new int[] {0, 0});

    private Validity() {}

    static void check(Scope scope, Policy policy) {
        if (scope == Scope.PATH) {
            checkFolder(policy);
        }
        checkContent(policy);
        between("excludeLargerThanBytes", policy.excludeLargerThanBytes(), 1, Long.MAX_VALUE);
        between("copies", policy.copies(), 2, MOST_COPIES);
        checkSchedule(policy.schedule());
        checkRetention(policy.retention());
        checkBandwidth(policy.bandwidth());
        checkHooks(policy.hooks());
        between(
                "battery.abovePercent",
                policy.battery() == null ? null : policy.battery().abovePercent(),
                0,
                99);
        checkCompression(policy.compression());
    }

    /** A folder is backed up together with its system, so it has no times and no limits of its own. */
    private static void checkFolder(Policy policy) {
        for (String name : Documents.object(policy).keySet()) {
            need(
                    name.equals("excludes"),
                    name,
                    "A folder's policy has excludes only; set " + name + " for its system, a group or the company.");
        }
    }

    private static void checkContent(Policy policy) {
        List<String> paths = list("paths", policy.paths(), MOST_LISTED);
        for (int i = 0; i < paths.size(); i++) {
            need(
                    Paths.isAbsolute(paths.get(i)),
                    "paths[" + i + "]",
                    "'" + paths.get(i) + "' is no absolute path; write for example /home.");
        }
        need(policy.paths() == null || !paths.isEmpty(), "paths", "paths is empty; leave it out to inherit.");
        need(
                policy.paths() == null || !Boolean.TRUE.equals(policy.all()),
                "paths",
                "all stands for all paths; leave paths or all out.");
        List<String> excludes = list("excludes", policy.excludes(), MOST_LISTED);
        for (int i = 0; i < excludes.size(); i++) {
            String pattern = excludes.get(i);
            need(
                    StandardCharsets.UTF_8.newEncoder().canEncode(pattern),
                    "excludes[" + i + "]",
                    "A pattern is Unicode: half a surrogate pair stands for no character.");
            need(
                    pattern.length() <= 1_000 && !Excludes.isHopeless(pattern.getBytes(StandardCharsets.UTF_8)),
                    "excludes[" + i + "]",
                    "The pattern '" + shown(pattern) + "' can never fit anything; see docs/reference/patterns.md.");
        }
    }

    /** The beginning of a text, on one line. */
    private static String shown(String text) {
        String begin = text.substring(0, Math.min(MOST_SHOWN, text.length()));
        return begin.chars().anyMatch(Character::isISOControl)
                ? PathNotation.of(begin.getBytes(StandardCharsets.UTF_8))
                : begin;
    }

    private static void checkSchedule(Policy.Schedule schedule) {
        if (schedule == null) {
            return;
        }
        list("schedule.times", schedule.times(), MOST_TIMES);
        between("schedule.jitterMinutes", schedule.jitterMinutes(), 0, MOST_JITTER);
        Times times = Times.of(schedule, 1);
        if (schedule.times() != null && !schedule.times().isEmpty() && schedule.window() != null) {
            need(
                    times.next(Instant.EPOCH).isPresent(),
                    "schedule.window",
                    "None of the times lies in this window; move one of them.");
        }
    }

    private static void checkRetention(Policy.Retention retention) {
        if (retention == null) {
            return;
        }
        long sum = 0;
        for (var member : Documents.object(retention).entrySet()) {
            long value = Long.parseLong(member.getValue().toString());
            between("retention." + member.getKey(), value, 0, MOST_KEPT);
            sum += value;
        }
        boolean all = Policy.Retention.class.getRecordComponents().length
                == Documents.object(retention).size();
        need(sum > 0 || !all, "retention", "This keeps nothing at all; keep at least the last snapshot.");
    }

    private static void checkBandwidth(Policy.Bandwidth bandwidth) {
        if (bandwidth == null) {
            return;
        }
        rate("bandwidth.uploadBytesPerSecond", bandwidth.uploadBytesPerSecond());
        rate("bandwidth.downloadBytesPerSecond", bandwidth.downloadBytesPerSecond());
        List<Policy.Hours> hours = bandwidth.hours() == null ? List.of() : bandwidth.hours();
        need(hours.size() <= 168, "bandwidth.hours", "A week has 168 hours.");
        for (int i = 0; i < hours.size(); i++) {
            checkHours("bandwidth.hours[" + i + "]", hours.get(i));
        }
    }

    private static void checkHours(String field, Policy.Hours hours) {
        need(
                hours.days() != null && !hours.days().isEmpty() && DAYS.containsAll(hours.days()),
                field + ".days",
                "The days are a list of MON, TUE, WED, THU, FRI, SAT, SUN.");
        DayTime.of(field, hours.from(), hours.to());
        rate(field + ".uploadBytesPerSecond", hours.uploadBytesPerSecond());
        rate(field + ".downloadBytesPerSecond", hours.downloadBytesPerSecond());
    }

    private static void checkHooks(Policy.Hooks hooks) {
        if (hooks == null) {
            return;
        }
        command("hooks.pre", hooks.pre());
        command("hooks.post", hooks.post());
        need(
                hooks.failure() == null || Set.of("stop", "go-on").contains(hooks.failure()),
                "hooks.failure",
                "hooks.failure is stop or go-on.");
        between("hooks.timeoutSeconds", hooks.timeoutSeconds(), 1, 86_400);
    }

    /** An empty list takes an inherited hook away. */
    private static void command(String field, List<String> words) {
        List<String> listed = list(field, words, 100);
        need(
                listed.isEmpty()
                        || !listed.get(0).isBlank()
                                && listed.stream().noneMatch(word -> word.indexOf('\0') >= 0 || word.length() > 10_000),
                field,
                "A hook is a program and its arguments, one text each.");
    }

    private static void checkCompression(Policy.Compression compression) {
        if (compression == null) {
            return;
        }
        String codec = compression.codec() == null ? "zstd" : compression.codec();
        int[] levels = LEVELS.get(codec);
        need(levels != null, "compression.codec", "There are " + Documents.listed(LEVELS.keySet()) + ".");
        between("compression.level", compression.level(), levels[0], levels[1]);
    }

    private static void rate(String field, Long rate) {
        need(
                rate == null || rate == 0 || rate >= SLOWEST,
                field,
                field + " is 0 for no limit, or at least " + SLOWEST + ".");
    }

    private static <T> List<T> list(String field, List<T> list, int most) {
        need(list == null || list.size() <= most, field, field + " has at most " + most + " members.");
        return list == null ? List.of() : list;
    }

    private static void between(String field, Number value, long least, long most) {
        need(
                value == null || value.longValue() >= least && value.longValue() <= most,
                field,
                field + " must be from " + least + " to " + most + ".");
    }

    private static void need(boolean right, String field, String detail) {
        if (!right) {
            throw Documents.wrong(field, detail);
        }
    }
}
