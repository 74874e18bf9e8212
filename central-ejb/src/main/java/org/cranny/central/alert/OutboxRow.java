package org.cranny.central.alert;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** A message on its way. Pauses between attempts grow from half a minute to an hour; after a day it is given up. */
@Entity
@Table(name = "outbox")
class OutboxRow {
    static final Duration GIVEN_UP_AFTER = Duration.ofDays(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS = 7;
    private static final int LONGEST_FAILURE = 500;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "outbox_seq")
    @SequenceGenerator(name = "outbox_seq", sequenceName = "outbox_seq", allocationSize = 50)
    private Long id;

    private String channel;
    private String target;
    private String recipient;
    private String subject;
    private String body;

    @Column(name = "made_millis")
    private long madeMillis;

    private int attempts;

    @Column(name = "next_millis")
    private long nextMillis;

    private String failure;

    protected OutboxRow() {}

    OutboxRow(String channel, String target, Message message, Instant now) {
        this.channel = channel;
        this.target = target;
        recipient = message.recipient();
        subject = message.subject();
        body = message.body();
        madeMillis = now.toEpochMilli();
        nextMillis = madeMillis;
    }

    /** Puts it off. @return whether it is worth another attempt */
    boolean failed(String why, Instant now) {
        failure = why.length() <= LONGEST_FAILURE ? why : why.substring(0, LONGEST_FAILURE);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
        attempts++;
        nextMillis = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)
                .toEpochMilli();
        return nextMillis - madeMillis < GIVEN_UP_AFTER.toMillis();
    }

    long id() {
        return id;
    }

    String channel() {
        return channel;
    }

    String target() {
        return target;
    }

    /** Null for the administrators. */
    String recipient() {
        return recipient;
    }

    Instant made() {
        return Instant.ofEpochMilli(madeMillis);
    }

    Message message() {
        return new Message("cranny-" + id + "-" + madeMillis, recipient, subject, body, made());
    }
}
