package org.cranny.web.admin;

import java.util.Locale;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.masterfile.Host;

/** A host as the page shows it. */
public record HostRow(HostStatus host, String heard, String heardExactly) {
    static HostRow of(HostStatus host, Moments moments) {
        return host.lastHeard() == null
                ? new HostRow(host, "not yet", "")
                : new HostRow(host, moments.said(host.lastHeard()), moments.exact(host.lastHeard()));
    }

    public String name() {
        return host.name();
    }

    public String address() {
        return host.address() == null ? "" : host.address().replaceFirst("^https://", "");
    }

    /** Key of the text that says what the state means, and the CSS class that colours it. */
    public String state() {
        return host.state().name().toLowerCase(Locale.ROOT);
    }

    public String tone() {
        return switch (host.state()) {
            case ACCEPTING -> "good";
            case FULL, DRAINING, SUSPECT, UNREACHABLE -> "warn";
            case QUARANTINED -> "bad";
        };
    }

    /** Why nobody can reach it and what to do; empty when somebody can. */
    public String trouble() {
        return host.unreachable() == null ? "" : host.unreachable();
    }

    public boolean isAccepting() {
        return host.state() == Host.State.ACCEPTING;
    }

    public String free() {
        return Amounts.bytes(host.freeBytes());
    }

    public String lent() {
        return Amounts.bytes(host.keptBytes() + host.freeBytes());
    }

    public String kept() {
        return Amounts.bytes(host.keptBytes());
    }

    public String fragments() {
        return Amounts.count(host.fragments());
    }

    /** How much of what this host lends is in use, 0 to 100. */
    public int usedPercent() {
        return Amounts.percent(host.keptBytes(), host.keptBytes() + host.freeBytes());
    }

    public String rating() {
        return String.format(Locale.ROOT, "%.2f", host.rating());
    }

    public int ratingPercent() {
        return (int) Math.round(100 * host.rating());
    }
}
