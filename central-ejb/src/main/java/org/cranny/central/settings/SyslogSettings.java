package org.cranny.central.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What an installation sets of the log's way to a receiver of syslog. */
public interface SyslogSettings {
    Values values();

    /** {@code tls://host:port}, {@code tcp://host:port}, {@code file:/path}, or {@code -} for standard output; nothing: nobody gets it. */
    default Optional<URI> syslogTo() {
        return values().text("cranny.syslog.to").map(SyslogSettings::target);
    }

    private static URI target(String text) {
        try {
            URI target = URI.create(text);
            boolean host = Set.of("tls", "tcp").contains(String.valueOf(target.getScheme()))
                    && target.getHost() != null
                    && target.getPort() > 0;
            boolean file = "file".equals(target.getScheme()) && target.getPath() != null;
            if (text.equals("-") || host || file) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static IllegalStateException wrong(String text, Exception cause) {
        return new IllegalStateException(
                "cranny.syslog.to is tls://host:port, tcp://host:port, file:/path or -, not " + text, cause);
    }

    /** Who signs the receiver's certificate (PEM); nothing: Java's own authorities. */
    default Optional<Path> syslogAuthorityFile() {
        return values().path("cranny.syslog.authority-file");
    }

    /** How often what is new is sent. */
    default Duration syslogInterval() {
        return Duration.ofSeconds(Math.max(1, values().number("cranny.syslog.interval-seconds", 10)));
    }
}
