package org.cranny.web.pages.policies;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.words.Texts;

/** A member of a policy that the form knows. What it does not know is written as a document. */
enum Member {
    PATHS("paths", Group.WHAT, Kind.LINES),
    ALL("all", Group.WHAT, Kind.FLAG),
    EXCLUDES("excludes", Group.WHAT, Kind.LINES),
    LARGER("excludeLargerThanBytes", Group.WHAT, Kind.BYTES),
    DEFAULT_EXCLUDES("defaultExcludes", Group.WHAT, Kind.FLAG),
    EXCLUDE_CACHES("excludeCaches", Group.WHAT, Kind.FLAG),
    ONE_FILE_SYSTEM("oneFileSystem", Group.WHAT, Kind.FLAG),
    TIMES("schedule.times", Group.WHEN, Kind.LINES),
    ZONE("schedule.zone", Group.WHEN, Kind.TEXT),
    FROM("schedule.window.from", Group.WHEN, Kind.TEXT),
    TO("schedule.window.to", Group.WHEN, Kind.TEXT),
    JITTER("schedule.jitterMinutes", Group.WHEN, Kind.NUMBER),
    CATCH_UP("schedule.catchUp", Group.WHEN, Kind.FLAG),
    COPIES("copies", Group.KEPT, Kind.NUMBER),
    LAST("retention.last", Group.KEPT, Kind.NUMBER),
    HOURLY("retention.hourly", Group.KEPT, Kind.NUMBER),
    DAILY("retention.daily", Group.KEPT, Kind.NUMBER),
    WEEKLY("retention.weekly", Group.KEPT, Kind.NUMBER),
    MONTHLY("retention.monthly", Group.KEPT, Kind.NUMBER),
    YEARLY("retention.yearly", Group.KEPT, Kind.NUMBER),
    WITHIN("retention.withinDays", Group.KEPT, Kind.NUMBER),
    UPLOAD("bandwidth.uploadBytesPerSecond", Group.HOW, Kind.BYTES),
    DOWNLOAD("bandwidth.downloadBytesPerSecond", Group.HOW, Kind.BYTES),
    NEVER_ON_BATTERY("battery.never", Group.HOW, Kind.FLAG),
    BATTERY_ABOVE("battery.abovePercent", Group.HOW, Kind.NUMBER),
    CODEC("compression.codec", Group.HOW, Kind.CHOICE, "zstd", "lz4", "xz", "none"),
    LEVEL("compression.level", Group.HOW, Kind.NUMBER),
    PRE("hooks.pre", Group.HOW, Kind.LINES),
    POST("hooks.post", Group.HOW, Kind.LINES),
    FAILURE("hooks.failure", Group.HOW, Kind.CHOICE, "stop", "go-on"),
    TIMEOUT("hooks.timeoutSeconds", Group.HOW, Kind.NUMBER),
    BROWSING("browsing", Group.HOW, Kind.FLAG);

    /** Parts of the form. */
    enum Group {
        WHAT,
        WHEN,
        KEPT,
        HOW;

        String word() {
            return Address.word(this);
        }
    }

    /** How a member is written. */
    enum Kind {
        /** A list, one member a line. */
        LINES,
        FLAG,
        CHOICE,
        TEXT,
        NUMBER,
        /** A number of octets with a unit, as {@code 4 GB}. */
        BYTES
    }

    private final String path;
    private final Group group;
    private final Kind kind;
    private final List<String> choices;

    Member(String path, Group group, Kind kind, String... choices) {
        this.path = path;
        this.group = group;
        this.kind = kind;
        this.choices = List.of(choices);
    }

    /** The member that a refusal names, or that is nearest to what it names. */
    static Optional<Member> named(String field) {
        return Arrays.stream(values())
                .filter(member -> field.equals(member.path)
                        || field.startsWith(member.path + "[")
                        || member.path.startsWith(field + "."))
                .findFirst();
    }

    /** As documents and refusals call it: {@code schedule.times}. */
    String path() {
        return path;
    }

    Group group() {
        return group;
    }

    Kind kind() {
        return kind;
    }

    List<String> choices() {
        return kind == Kind.FLAG ? List.of("true", "false") : choices;
    }

    String label() {
        return Texts.say("member." + path);
    }

    /** How it is written, with examples; empty where the label says it all. */
    String about() {
        String key = "member." + path + ".about";
        return Texts.has(key) ? Texts.say(key) : "";
    }

    /** What holds when nobody sets it. */
    String usual() {
        return Texts.say("member." + path + ".usual");
    }
}
