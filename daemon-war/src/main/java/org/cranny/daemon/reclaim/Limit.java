package org.cranny.daemon.reclaim;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Settings;
import org.cranny.protocol.heartbeat.LendingLimit;

/**
 * What the owner asked for at central, as it was heard last, in {@code state/limit}: it holds over restarts and while
 * central is away.
 *
 * <p>Invariant: what is lent is never more than {@code daemon.properties} says, whatever central says.
 */
record Limit(LendingLimit asked) {
    private static final String FILE = "limit";
    private static final LendingLimit NONE = new LendingLimit(0, null, null, null, null);

    static Limit load(Home home) throws IOException {
        if (Files.notExists(home.state(FILE))) {
            return new Limit(NONE);
        }
        Properties lines = Home.properties(home.state(FILE));
        try {
            return new Limit(new LendingLimit(
                    Long.parseLong(lines.getProperty("number", "")),
                    bytes(lines.getProperty("quota-bytes")),
                    share(lines.getProperty("quota-percent")),
                    bytes(lines.getProperty("keep-free-bytes")),
                    share(lines.getProperty("keep-free-percent"))));
        } catch (NumberFormatException e) {
            throw new IOException(home.state(FILE) + " is damaged: delete it, central says it again", e);
        }
    }

    private static Long bytes(String text) {
        return text == null ? null : Long.valueOf(text);
    }

    private static Double share(String text) {
        return text == null ? null : Double.valueOf(text);
    }

    void store(Home home) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("number", Long.toString(asked.number()));
        put(lines, "quota-bytes", asked.quotaBytes());
        put(lines, "quota-percent", asked.quotaPercent());
        put(lines, "keep-free-bytes", asked.keepFreeBytes());
        put(lines, "keep-free-percent", asked.keepFreePercent());
        StringWriter out = new StringWriter();
        lines.store(out, "What the owner asked for at central.");
        Home.replace(home.state(FILE), out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Properties lines, String name, Number value) {
        if (value != null) {
            lines.setProperty(name, value.toString());
        }
    }

    /** Whether no daemon could follow it: octets or shares that are none. */
    boolean isNonsense() {
        return asked.number() < 1
                || negative(asked.quotaBytes())
                || negative(asked.keepFreeBytes())
                || noShare(asked.quotaPercent())
                || noShare(asked.keepFreePercent());
    }

    private static boolean negative(Long bytes) {
        return bytes != null && bytes < 0;
    }

    private static boolean noShare(Double percent) {
        return percent != null && !(percent >= 0 && percent <= Lending.WHOLE);
    }

    /** What is lent by what was said at the machine, within this limit. */
    Lending on(Settings settings) {
        return own(settings)
                .within(new Lending(
                        asked.quotaBytes() == null ? Long.MAX_VALUE : asked.quotaBytes(),
                        asked.quotaPercent() == null ? Lending.WHOLE : asked.quotaPercent(),
                        asked.keepFreeBytes() == null ? 0 : asked.keepFreeBytes(),
                        asked.keepFreePercent() == null ? 0 : asked.keepFreePercent()));
    }

    /** What was said at the machine alone. */
    static Lending own(Settings settings) {
        return Lending.parse(settings.quota(), settings.keepFree());
    }
}
