package org.cranny.daemon;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.cranny.daemon.anchor.Anchors;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.copy.Copies;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.grant.SpentGrants;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.identity.Callers;
import org.cranny.daemon.identity.CertificateRenewal;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Issuers;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.ScrapeToken;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.intake.Intake;
import org.cranny.daemon.intake.Takings;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.reclaim.Lent;
import org.cranny.daemon.scrub.Damages;
import org.cranny.daemon.scrub.Scrub;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Checks;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Counters.Counter;
import org.cranny.daemon.status.Metrics;
import org.cranny.daemon.trash.Trash;
import org.cranny.daemon.upgrade.Upgrades;

/** Puts the parts together: one of each, made from what the home says. The parts themselves know no container. */
@ApplicationScoped
public class Daemon {

    @Produces
    @Singleton
    Home home() {
        return Home.ofProperty();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Jsonb json() {
        return JsonbBuilder.create();
    }

    @Produces
    @Singleton
    Settings settings(Home home) throws IOException {
        return Settings.load(home);
    }

    @Produces
    @Singleton
    Identity identity(Home home) throws IOException {
        return Identity.load(home);
    }

    @Produces
    @Singleton
    Realm realm(Home home, Identity identity) throws IOException {
        return new Realm(home, identity);
    }

    @Produces
    @Singleton
    CertificateRenewal renewal(Home home, Settings settings, Identity identity, Realm realm, Clock clock, Jsonb json) {
        return new CertificateRenewal(home, settings, identity, realm, clock, new SecureRandom(), json);
    }

    @Produces
    @Singleton
    Issuers issuers(Home home, Realm realm, Identity identity) throws IOException {
        return Issuers.load(home, realm, identity);
    }

    @Produces
    @Singleton
    Callers callers(Realm realm, Issuers issuers, Clock clock) {
        return new Callers(realm, issuers, clock);
    }

    @Produces
    @Singleton
    Anchors anchors(Home home, Realm realm) throws IOException {
        return new Anchors(home, realm);
    }

    @Produces
    @Singleton
    Room room(Home home, Settings settings) throws IOException {
        return Lent.begin(home, settings);
    }

    @Produces
    @Singleton
    Shelf shelf(Home home, Realm realm, Room room) throws IOException {
        return DiskShelf.open(home, realm.id(), room);
    }

    @Produces
    @Singleton
    Damages damages(Home home, Realm realm, Shelf shelf, Settings settings) throws IOException {
        return new Damages(home, realm.id(), shelf, settings.hasCentral());
    }

    @Produces
    @Singleton
    Scrub scrub(Home home, Shelf shelf, Room room, Counters counters, Damages damages, Settings settings, Clock clock)
            throws IOException {
        return new Scrub(home, shelf, room, counters, damages, settings.scrub(), clock);
    }

    @Produces
    @Singleton
    Counters counters(Home home) throws IOException {
        return new Counters(home);
    }

    void stop(@Disposes Counters counters) throws IOException {
        counters.keep();
    }

    @Produces
    @Singleton
    Checks checks(Home home, Identity identity, Room room, Clock clock) {
        return new Checks(home, identity, room, clock);
    }

    @Produces
    @Singleton
    Metrics metrics(Room room, Identity identity, Counters counters, Scrub scrub) {
        return new Metrics(room, identity, counters, scrub::ended);
    }

    @Produces
    @Singleton
    ScrapeToken scrapeToken(Home home) {
        return new ScrapeToken(home);
    }

    @Produces
    @Singleton
    Takings takings(Home home, Realm realm, Clock clock) throws IOException {
        return new Takings(home, realm.id(), clock);
    }

    void stop(@Disposes Takings takings) throws IOException {
        takings.keep();
    }

    @Produces
    @Singleton
    Intake intake(Shelf shelf, Issuers issuers, Identity identity, Takings takings, Counters counters, Clock clock) {
        return new Intake(shelf, issuers, identity, takings, counters, clock);
    }

    @Produces
    @Singleton
    Grants grants(Issuers issuers, Identity identity, Clock clock) {
        return new Grants(issuers, identity, clock);
    }

    @Produces
    @Singleton
    SpentGrants spentGrants(Home home, Clock clock) throws IOException {
        return new SpentGrants(home, clock);
    }

    @Produces
    @Singleton
    Copies copies(Identity identity, Intake intake) {
        return new Copies(identity, intake);
    }

    @Produces
    @Singleton
    Trash trash(Home home, Shelf shelf, SpentGrants spent, Room room, Settings settings, Clock clock)
            throws IOException {
        return new Trash(home, shelf, spent, room, settings.trash(), clock);
    }

    @Produces
    @Singleton
    Lent lent(Home home, Room room) throws IOException {
        return new Lent(home, room);
    }

    @Produces
    @Singleton
    Monitor monitor(Home home, Identity identity, Counters counters, Clock clock) throws IOException {
        return new Monitor(home, identity, clock, () -> counters.add(Counter.LOOKS_DROPPED, 1), counters::looked);
    }

    @Produces
    @Singleton
    Heartbeats heartbeats(
            Home home,
            Settings settings,
            Identity identity,
            Realm realm,
            Room room,
            Lent lent,
            Damages damages,
            Counters counters,
            Monitor monitor,
            Clock clock,
            Jsonb json)
            throws IOException {
        return new Heartbeats(home, settings, identity, realm, room, lent, damages, counters, monitor, clock, json);
    }

    @Produces
    @Singleton
    Upgrades upgrades(Home home, Settings settings, Identity identity, Heartbeats heartbeats, Clock clock, Jsonb json) {
        return new Upgrades(home, settings, identity, heartbeats, clock, json);
    }
}
