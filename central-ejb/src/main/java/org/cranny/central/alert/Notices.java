package org.cranny.central.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.central.alert.Channels.Way;
import org.cranny.central.database.Database;
import org.cranny.central.settings.Settings;

/**
 * Tells people. What is to be told becomes one message for each channel, written down in the transaction that notes
 * that it was told; between two messages things are gathered. Messages stay in the outbox until their channel has taken
 * them, and are given up after a day, which is an alert of its own.
 */
@ApplicationScoped
public class Notices {
    private static final int AT_ONCE = 50;

    private final Database database;
    private final Alerts alerts;
    private final Channels channels;
    private final Settings settings;
    private final Clock clock;

    protected Notices() {
        this(null, null, null, null, null);
    }

    @Inject
    public Notices(Database database, Alerts alerts, Channels channels, Settings settings, Clock clock) {
        this.database = database;
        this.alerts = alerts;
        this.channels = channels;
        this.settings = settings;
        this.clock = clock;
    }

    /** Writes messages about what people do not know yet, unless the last one was a short while ago. */
    public void tell() {
        Instant now = clock.instant();
        database.durably(entities -> {
            Long last = entities.createQuery("select max(a.toldMillis) from AlertRow a", Long.class)
                    .getSingleResult();
            if (last == null
                    || now.toEpochMilli() - last >= settings.alertGathering().toMillis()) {
                remind(entities, now);
                write(entities, now);
            }
            return null;
        });
    }

    /** Sends what is due, outside of any transaction: at most a few each time. */
    public void deliver() {
        for (OutboxRow row : due()) {
            Way way = new Way(row.channel(), row.target(), row.recipient());
            try {
                channels.send(way, row.message());
                delivered(row.id(), way);
            } catch (IOException e) {
                failed(row.id(), way, e.getMessage());
            }
        }
    }

    /** How many messages wait. */
    public long waiting() {
        return database.read(entities -> entities.createQuery("select count(o) from OutboxRow o", Long.class)
                .getSingleResult());
    }

    private void remind(EntityManager entities, Instant now) {
        entities.createQuery(
                        "select a from AlertRow a where a.openKey is not null and a.pending is null"
                                + " and a.acknowledgedMillis is null and a.toldMillis <= :before",
                        AlertRow.class)
                .setParameter("before", now.minus(settings.alertReminder()).toEpochMilli())
                .getResultStream()
                .forEach(AlertRow::remind);
        entities.flush();
    }

    private void write(EntityManager entities, Instant now) {
        Digest digest = new Digest(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        entities.createQuery("select a from AlertRow a where a.pending is not null order by a.id", AlertRow.class)
                .getResultStream()
                .forEach(row -> list(digest, row.told(now)).add(row.alert()));
        if (digest.isEmpty()) {
            return;
        }
        for (Way way : channels.ways()) {
            String body = way.channel().equals(MailChannel.NAME) ? digest.text() : digest.json(now);
            entities.persist(new OutboxRow(
                    way.channel(), way.target(), new Message("", null, digest.subject(), body, now), now));
        }
    }

    private static List<Alert> list(Digest digest, AlertRow.Pending told) {
        return switch (told) {
            case RAISED -> digest.raised();
            case REMINDED -> digest.reminded();
            case RESOLVED -> digest.resolved();
        };
    }

    private List<OutboxRow> due() {
        return database.read(entities -> entities.createQuery(
                        "select o from OutboxRow o where o.nextMillis <= :now order by o.nextMillis, o.id",
                        OutboxRow.class)
                .setParameter("now", clock.millis())
                .setMaxResults(AT_ONCE)
                .getResultList());
    }

    private void delivered(long id, Way way) {
        database.durably(entities -> {
            remove(entities, id);
            alerts.resolve(AlertKind.DELIVERY_FAILED, subject(way));
            return null;
        });
    }

    private void failed(long id, Way way, String why) {
        database.durably(entities -> {
            OutboxRow row = entities.find(OutboxRow.class, id);
            if (row != null && !row.failed(why, clock.instant())) {
                entities.remove(row);
                alerts.raise(AlertKind.DELIVERY_FAILED, subject(way), subject(way), why);
            }
            return null;
        });
    }

    private static void remove(EntityManager entities, long id) {
        OutboxRow row = entities.find(OutboxRow.class, id);
        if (row != null) {
            entities.remove(row);
        }
    }

    private static String subject(Way way) {
        return way.channel() + " " + way.shown();
    }
}
