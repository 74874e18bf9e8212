package org.cranny.central.reliability;

import org.cranny.central.system.Standing;

/** What is known of how reliably one host can be reached. */
final class TrackRecord {
    private final Fading all;
    private final Fading central;
    private final Fading peers;
    private final Profile profile;
    private Standing published;

    TrackRecord(Standing published) {
        this(published, new Fading(), new Fading(), new Fading(), new Profile());
    }

    TrackRecord(Standing published, Fading all, Fading central, Fading peers, Profile profile) {
        this.published = published;
        this.all = all;
        this.central = central;
        this.peers = peers;
        this.profile = profile;
    }

    void add(Verdict verdict, long second, long seconds, long halfLifeSeconds) {
        if (Double.isNaN(verdict.share())) {
            return;
        }
        all.add(verdict.share(), seconds, second, halfLifeSeconds);
        profile.add(verdict.share(), seconds, second);
        if (!Double.isNaN(verdict.central())) {
            central.add(verdict.central(), seconds, second, halfLifeSeconds);
        }
        if (!Double.isNaN(verdict.peers())) {
            peers.add(verdict.peers(), seconds, second, halfLifeSeconds);
        }
    }

    /** Steps to what should be published now. @return whether that is news */
    boolean publish(long halfLifeSeconds) {
        Availability before = Availability.ofWord(published.availability());
        Standing next = new Standing(
                Rating.step(published.rating(), Rating.of(all, halfLifeSeconds)),
                Availability.of(profile, before).word());
        boolean news = !next.equals(published);
        published = next;
        return news;
    }

    Standing published() {
        return published;
    }

    Fading all() {
        return all;
    }

    Fading central() {
        return central;
    }

    Fading peers() {
        return peers;
    }

    Profile profile() {
        return profile;
    }
}
