package org.cranny.daemon.identity;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/**
 * What the owner decided, in {@code daemon.properties}.
 *
 * @param name of the machine
 * @param address under which other systems reach this daemon, {@code https://host:port}; null when it is a monitor only
 * @param central where machines talk to central; null in a realm that has none
 * @param quota the most that is lent, such as {@code 20G}; null lends whatever keep-free leaves
 * @param keepFree what stays free for the owner, such as {@code 10%} or {@code 5G}
 * @param trash how long a fragment lies in the trash before it may be deleted
 * @param scrub within which every octet that is kept is read again
 * @param people central's people's listener, where an expired certificate is renewed; null when it is not known
 */
public record Settings(
        String name,
        String address,
        URI central,
        String quota,
        String keepFree,
        Duration trash,
        Duration scrub,
        URI people) {
    /** How long the trash keeps what nobody decided otherwise about. */
    public static final Duration TRASH = Duration.ofDays(14);

    /** The same for reading again what is kept. */
    public static final Duration SCRUB = Duration.ofDays(14);

    public Settings(String name, String address, URI central, String quota, String keepFree) {
        this(name, address, central, quota, keepFree, TRASH, SCRUB, null);
    }

    /** The same for a machine that enrolled at this people's listener. */
    Settings enrolledAt(URI listener) {
        return new Settings(name, address, central, quota, keepFree, trash, scrub, listener);
    }

    /** The same for an owner who lends so much. */
    public Settings lending(String most, String free) {
        return new Settings(name, address, central, most, free, trash, scrub, people);
    }

    /** Whether there is a central to report to. */
    public boolean hasCentral() {
        return central != null;
    }

    /** Whether this machine only looks at others, and lends nothing. */
    public boolean monitorOnly() {
        return address == null;
    }

    public static Settings load(Home home) throws IOException {
        Properties lines = Home.properties(home.settings());
        return new Settings(
                lines.getProperty("name"),
                lines.getProperty("address"),
                uri(lines, "central"),
                lines.getProperty("quota"),
                lines.getProperty("keep-free", "10%"),
                seconds(lines, "trash-seconds", TRASH),
                seconds(lines, "scrub-seconds", SCRUB),
                uri(lines, "people"));
    }

    private static URI uri(Properties lines, String name) throws IOException {
        String text = lines.getProperty(name);
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException(name + " in daemon.properties is no address: " + text, e);
        }
    }

    private static Duration seconds(Properties lines, String name, Duration otherwise) throws IOException {
        String seconds = lines.getProperty(name);
        if (seconds == null) {
            return otherwise;
        }
        if (!seconds.strip().matches("[0-9]{1,9}")) {
            throw new IOException(name + " in daemon.properties is a number of seconds, not " + seconds);
        }
        return Duration.ofSeconds(Long.parseLong(seconds.strip()));
    }

    public void store(Home home) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("name", name);
        if (address != null) {
            lines.setProperty("address", address);
        }
        if (central != null) {
            lines.setProperty("central", central.toString());
        }
        if (people != null) {
            lines.setProperty("people", people.toString());
        }
        if (quota != null) {
            lines.setProperty("quota", quota);
        }
        lines.setProperty("keep-free", keepFree);
        if (!trash.equals(TRASH)) {
            lines.setProperty("trash-seconds", Long.toString(trash.toSeconds()));
        }
        if (!scrub.equals(SCRUB)) {
            lines.setProperty("scrub-seconds", Long.toString(scrub.toSeconds()));
        }
        StringWriter out = new StringWriter();
        lines.store(out, "quota and keep-free are read within seconds, the rest when the daemon starts.");
        Home.replace(home.settings(), out.toString().getBytes(StandardCharsets.UTF_8));
    }
}
