package org.cranny.central.system;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.heartbeat.LendingTerms;

/**
 * What was asked of a host's lending, and what its daemon said of it last.
 *
 * <p>Asked for under the next number, told to the daemon with each answer, and followed once a report names that number.
 */
@Embeddable
class LimitColumns {
    @Column(name = "limit_number")
    private long number;

    @Column(name = "limit_quota_bytes")
    private Long quotaBytes;

    @Column(name = "limit_quota_percent")
    private Double quotaPercent;

    @Column(name = "limit_keep_free_bytes")
    private Long keepFreeBytes;

    @Column(name = "limit_keep_free_percent")
    private Double keepFreePercent;

    @Column(name = "limit_asked_by")
    private String askedBy;

    @Column(name = "limit_asked_millis")
    private Long askedMillis;

    @Column(name = "limit_kept_bytes")
    private Long keptBytes;

    @Column(name = "followed_limit")
    private Long followed;

    @Column(name = "own_quota_bytes")
    private Long ownQuotaBytes;

    @Column(name = "keep_free_bytes")
    private Long keptFreeBytes;

    /** @param kept how many octets the host keeps then */
    void ask(LendingRequest wished, String actor, Instant now, long kept) {
        number++;
        quotaBytes = wished.quotaBytes();
        quotaPercent = wished.quotaPercent();
        keepFreeBytes = wished.keepFreeBytes();
        keepFreePercent = wished.keepFreePercent();
        askedBy = actor;
        askedMillis = now.toEpochMilli();
        keptBytes = kept;
    }

    void report(LendingTerms terms) {
        followed = terms == null ? null : terms.limit();
        ownQuotaBytes = terms == null ? null : terms.ownQuotaBytes();
        keptFreeBytes = terms == null ? null : terms.keepFreeBytes();
    }

    /** What the daemon is told; null when nothing was ever asked for. */
    LendingLimit told() {
        return number == 0 ? null : new LendingLimit(number, quotaBytes, quotaPercent, keepFreeBytes, keepFreePercent);
    }

    LendingRequest wished() {
        return new LendingRequest(quotaBytes, quotaPercent, keepFreeBytes, keepFreePercent);
    }

    Lending.Asked asked() {
        return number == 0
                ? null
                : new Lending.Asked(
                        number,
                        quotaBytes,
                        quotaPercent,
                        keepFreeBytes,
                        keepFreePercent,
                        askedBy,
                        Instant.ofEpochMilli(askedMillis).toString(),
                        keptBytes);
    }

    Lending.Standing standing(Instant heard, boolean over) {
        if (number == 0) {
            return Lending.Standing.OWN;
        }
        if (followed == null) {
            return heard != null && heard.toEpochMilli() > askedMillis
                    ? Lending.Standing.NOT_FOLLOWED
                    : Lending.Standing.ASKED;
        }
        if (followed != number) {
            return Lending.Standing.ASKED;
        }
        return over ? Lending.Standing.TAKEN_OVER : Lending.Standing.DONE;
    }

    Long ownQuotaBytes() {
        return ownQuotaBytes;
    }

    Long keptFreeBytes() {
        return keptFreeBytes;
    }
}
