package org.cranny.central.reliability;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.cranny.central.system.Standing;

/** A track record as it is kept; written again every few minutes, for as long as its host is looked at. */
@Entity
@Table(name = "track_record")
class TrackRecordRow {
    @Id
    private long host;

    @Column(name = "until_seconds")
    private long untilSeconds;

    private double reached;
    private double weight;

    @Column(name = "central_reached")
    private double centralReached;

    @Column(name = "central_weight")
    private double centralWeight;

    @Column(name = "peers_reached")
    private double peersReached;

    @Column(name = "peers_weight")
    private double peersWeight;

    @Column(name = "profile_hour")
    private long profileHour;

    private byte[] profile;

    protected TrackRecordRow() {}

    TrackRecordRow(long host) {
        this.host = host;
    }

    long host() {
        return host;
    }

    void take(TrackRecord record, long halfLifeSeconds) {
        untilSeconds = record.all().until();
        reached = record.all().reached();
        weight = record.all().weight();
        Fading central = record.central().as(untilSeconds, halfLifeSeconds);
        centralReached = central.reached();
        centralWeight = central.weight();
        Fading peers = record.peers().as(untilSeconds, halfLifeSeconds);
        peersReached = peers.reached();
        peersWeight = peers.weight();
        profileHour = record.profile().newestHour();
        profile = record.profile().octets();
    }

    TrackRecord record(Standing published) {
        return new TrackRecord(
                published,
                new Fading(reached, weight, untilSeconds),
                new Fading(centralReached, centralWeight, untilSeconds),
                new Fading(peersReached, peersWeight, untilSeconds),
                new Profile(profile, profileHour));
    }
}
