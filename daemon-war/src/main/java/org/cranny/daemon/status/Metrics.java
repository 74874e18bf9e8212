package org.cranny.daemon.status;

import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Identity;
import org.cranny.protocol.heartbeat.Capacity;

/** This daemon in figures, in the text format of Prometheus, version 0.0.4. No name and no number of a machine is in them. */
public final class Metrics {
    /** What the text is. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Room room;
    private final Identity identity;
    private final Counters counters;
    private final LongSupplier scrubbed;

    /** @param scrubbed when all that is kept had been read again last, epoch second, 0 for never */
    public Metrics(Room room, Identity identity, Counters counters, LongSupplier scrubbed) {
        this.room = room;
        this.identity = identity;
        this.counters = counters;
        this.scrubbed = scrubbed;
    }

    /** All metrics, as {@link #MEDIA_TYPE}. */
    public String text() throws IOException {
        StringBuilder out = new StringBuilder();
        Capacity capacity = room.capacity();
        gauge(out, "disk_bytes", "Size of the file system.", capacity.diskBytes());
        gauge(out, "disk_free_bytes", "What is free there for this user.", capacity.diskFreeBytes());
        gauge(out, "quota_bytes", "The most that is lent.", capacity.quotaBytes());
        gauge(out, "kept_bytes", "Octets of fragments that are kept.", capacity.keptBytes());
        gauge(out, "available_bytes", "What still fits.", capacity.availableBytes());
        gauge(out, "fragments", "Fragments that are kept.", capacity.fragments());
        gauge(
                out,
                "certificate_expiry_timestamp_seconds",
                "Until when the own certificate is good.",
                identity.validUntil().getEpochSecond());
        gauge(
                out,
                "scrub_end_timestamp_seconds",
                "When all that is kept had been read again last, 0 for never.",
                scrubbed.getAsLong());
        counter(out, "starts_total", "How often the daemon started.", counters.boots());
        Map<String, Long> all = counters.all();
        for (Counters.Counter counter : Counters.Counter.values()) {
            if (counter.metric() != null) {
                counter(out, counter.metric(), counter.help(), all.get(counter.wireName()));
            }
        }
        labelled(out, "refusals_total", "Requests refused since the last start, by code.", "code", counters.refusals());
        labelled(out, "probes_total", "Looks at other systems since the last start.", "outcome", counters.looks());
        return out.toString();
    }

    private static void gauge(StringBuilder out, String name, String help, long value) {
        head(out, name, "gauge", help);
        sample(out, name, value);
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
        head(out, name, "counter", help);
        sample(out, name, value);
    }

    private static void labelled(StringBuilder out, String name, String help, String label, Map<String, Long> values) {
        head(out, name, "counter", help);
        values.forEach((word, value) -> sample(out, name + "{" + label + "=\"" + word + "\"}", value));
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP cranny_daemon_")
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        out.append("# TYPE cranny_daemon_")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private static void sample(StringBuilder out, String name, long value) {
        out.append("cranny_daemon_").append(name).append(' ').append(value).append('\n');
    }
}
