package org.cranny.central.log;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.cranny.protocol.octets.OctetWriter;

/** Is written once and never changed. */
@Entity
@Table(name = "log")
class LogRow {
    @Id
    private long sequence;

    @Column(name = "written_millis")
    private long writtenMillis;

    private String actor;
    private String action;
    private String subject;
    private String detail;
    private String previous;
    private String hash;

    protected LogRow() {}

    LogRow(LogHead head, Instant written, String actor, String action, String subject, String detail) {
        this.sequence = head.sequence() + 1;
        this.previous = head.hash();
        this.writtenMillis = written.toEpochMilli();
        this.actor = actor;
        this.action = action;
        this.subject = subject;
        this.detail = detail;
        this.hash = digest();
    }

    LogLine line() {
        return new LogLine(sequence, Instant.ofEpochMilli(writtenMillis), actor, action, subject, detail, hash);
    }

    /** Whether this row is what was written, and follows that hash. */
    boolean follows(String hashBefore) {
        return previous.equals(hashBefore) && hash.equals(digest());
    }

    long sequence() {
        return sequence;
    }

    String hash() {
        return hash;
    }

    private String digest() {
        byte[] octets = new OctetWriter()
                .text("cranny 1 log")
                .text(previous)
                .u64(sequence)
                .u64(writtenMillis)
                .text(actor)
                .text(action)
                .text(subject)
                .text(detail)
                .toByteArray();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
