package org.cranny.web.pages.mine;

import java.time.Instant;
import org.cranny.central.snapshot.SnapshotBrief;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.InventoryPage;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** A machine as its owner sees it. */
public final class OwnMachine {
    private final InventoryPage.Line line;
    private final Instant next;
    private final SnapshotBrief newest;
    private final Address address;
    private final Moments moments;

    /** @param next when a backup is due, or null @param newest snapshot, or null */
    OwnMachine(InventoryPage.Line line, Instant next, SnapshotBrief newest, Address address, Moments moments) {
        this.line = line;
        this.next = next;
        this.newest = newest;
        this.address = address;
        this.moments = moments;
    }

    public long getNumber() {
        return line.machine().number();
    }

    public String getName() {
        return line.machine().name();
    }

    public boolean isSource() {
        return line.machine().isSource();
    }

    public boolean isCovered() {
        return line.isProtected();
    }

    public boolean isBackedUp() {
        return newest != null;
    }

    public String getTone() {
        return isCovered() ? "good" : isSource() ? "warn" : "";
    }

    public String getBadge() {
        if (!isSource()) {
            return "";
        }
        return Texts.say(isCovered() ? "system.protected" : "system.unprotected");
    }

    public String getLast() {
        return moments.saidOr(line.backedUp(), Texts.say("never"));
    }

    public String getLastExactly() {
        return moments.exact(line.backedUp());
    }

    public String getNext() {
        return next == null ? Texts.say("mine.unplanned") : moments.coming(next);
    }

    public String getNextExactly() {
        return moments.exact(next);
    }

    public String getHolds() {
        return newest == null
                ? Texts.say("mine.holds.nothing")
                : Texts.say("mine.holds", Amounts.count(newest.files()), Amounts.bytes(newest.bytes()));
    }

    public boolean isHost() {
        return line.host() != null;
    }

    /** How much of what it lends is kept for others. */
    public String getLends() {
        HostStatus host = line.host();
        return Texts.say(
                host.overBytes() > 0 ? "mine.lending.over" : "mine.lending.now",
                Amounts.bytes(host.keptBytes()),
                Amounts.bytes(host.quotaBytes()),
                Amounts.bytes(host.overBytes()));
    }

    public int getLentPercent() {
        HostStatus host = line.host();
        return Amounts.percent(host.keptBytes(), Math.max(host.keptBytes(), host.quotaBytes()));
    }

    public String getLending() {
        return getHref() + "#lending";
    }

    public String getHref() {
        return address.of(Page.SYSTEM, "id", getNumber());
    }

    public String getShutOut() {
        return address.of(Page.SYSTEM, "id", getNumber(), "plan", "shut-out") + "#shut-out";
    }

    public String getFiles() {
        return address.of(Page.BROWSE, "system", getNumber());
    }

    public String getDays() {
        return address.of(Page.BACKUPS, "system", getNumber());
    }

    public String getRecover() {
        return address.of(Page.RECOVER, "system", getNumber());
    }
}
