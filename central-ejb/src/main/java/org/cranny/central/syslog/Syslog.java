package org.cranny.central.syslog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.Alerts;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.LogLine;
import org.cranny.central.settings.Settings;

/**
 * Gives the log to a receiver of syslog.
 *
 * <ul>
 *   <li>Every entry arrives, in order; after a failure some arrive twice, and their numbers tell which.
 *   <li>The log itself is what waits: one number says up to where it was given, however long the receiver is away.
 *   <li>It is done by a timer: no deed waits for a receiver.
 * </ul>
 */
@ApplicationScoped
public class Syslog {
    static final int AT_ONCE = 500;

    private static final int MOST_BATCHES = 20;
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final Logger LOGGER = Logger.getLogger(Syslog.class.getName());

    private final Database database;
    private final AuditLog log;
    private final Alerts alerts;
    private final Settings settings;
    private final Clock clock;
    private boolean away;
    private boolean mayHaveAlerted = true;

    protected Syslog() {
        this(null, null, null, null, null);
    }

    @Inject
    public Syslog(Database database, AuditLog log, Alerts alerts, Settings settings, Clock clock) {
        this.database = database;
        this.log = log;
        this.alerts = alerts;
        this.settings = settings;
        this.clock = clock;
    }

    /** Sends what is new, {@value #AT_ONCE} entries at a time, so many of these at most; the rest is for the next call. */
    public synchronized void send() {
        Optional<Receiver> receiver = receiver();
        if (receiver.isEmpty()) {
            return;
        }
        try {
            boolean more = true;
            for (int batch = 0; more && batch < MOST_BATCHES; batch++) {
                more = send(receiver.get());
            }
        } catch (IOException e) {
            if (!away) {
                LOGGER.log(Level.WARNING, "the receiver of syslog takes nothing: {0}", e.toString());
            }
            away = true;
            alert(e);
        }
    }

    /** When an entry has waited for too long. */
    private void alert(IOException refusal) {
        List<LogLine> waiting = log.behind(sent(), 1);
        if (!waiting.isEmpty()
                && waiting.get(0).written().isBefore(clock.instant().minus(PATIENCE))) {
            alerts.raise(AlertKind.SYSLOG_WAITS, Alerts.CENTRAL, Alerts.CENTRAL, String.valueOf(refusal.getMessage()));
            mayHaveAlerted = true;
        }
    }

    /** @return whether there may be more */
    private boolean send(Receiver receiver) throws IOException {
        List<LogLine> lines = log.behind(sent(), AT_ONCE);
        if (!lines.isEmpty()) {
            String host = host();
            receiver.give(
                    lines.stream().map(line -> new SyslogMessage(line, host)).toList());
            sent(lines.get(lines.size() - 1).sequence());
            if (away) {
                LOGGER.info("the receiver of syslog takes entries again");
            }
            away = false;
        }
        if (mayHaveAlerted) {
            alerts.resolve(AlertKind.SYSLOG_WAITS, Alerts.CENTRAL);
            mayHaveAlerted = false;
        }
        return lines.size() == AT_ONCE;
    }

    /** How many entries wait. */
    public long waiting() {
        return receiver().isEmpty() ? 0 : Math.max(0, log.count() - sent());
    }

    private long sent() {
        return database.read(entities -> ((Number)
                        entities.createNativeQuery("select c.sequence from syslog_cursor c where c.id = 1")
                                .getSingleResult())
                .longValue());
    }

    private void sent(long sequence) {
        database.durably(entities -> entities.createNativeQuery("update syslog_cursor set sequence = ? where id = 1")
                .setParameter(1, sequence)
                .executeUpdate());
    }

    private Optional<Receiver> receiver() {
        return settings.syslogTo().map(this::receiver);
    }

    private Receiver receiver(URI to) {
        if (to.getScheme() == null) {
            return new StandardOutput();
        }
        return to.getScheme().equals("file")
                ? new FileReceiver(Path.of(to.getPath()))
                : new SocketReceiver(
                        to.getHost(), to.getPort(), to.getScheme().equals("tls"), settings.syslogAuthorityFile());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
