package org.cranny.web.pages.systems;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.InventoryPage;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/**
 * A system as the list shows it. Texts of what it is not are empty.
 *
 * @param does what it does for the realm
 * @param tone of its state as a host
 */
public record SystemRow(
        String name,
        String href,
        String owner,
        String does,
        String backedUp,
        String backedUpExactly,
        String backedUpTone,
        boolean host,
        String tone,
        String state,
        String kept,
        String free,
        int usedPercent,
        String rating) {

    static SystemRow of(InventoryPage.Line line, Address address, Moments moments) {
        HostStatus host = line.host();
        boolean source = line.machine().isSource() && !line.machine().revoked();
        return new SystemRow(
                line.machine().name(),
                address.of(Page.SYSTEM, "id", line.machine().number()),
                line.machine().owner() == null ? "" : line.machine().owner(),
                does(line),
                source ? moments.saidOr(line.backedUp(), Texts.say("never")) : "",
                moments.exact(line.backedUp()),
                line.isProtected() || line.machine().isDevice() ? "good" : line.backedUp() == null ? "bad" : "warn",
                host != null,
                host == null ? "" : tone(host),
                host == null ? "" : Texts.say("state." + word(host)),
                host == null ? "" : Amounts.bytes(host.keptBytes()),
                host == null ? "" : Amounts.bytes(host.freeBytes()),
                host == null ? 0 : Amounts.percent(host.keptBytes(), host.keptBytes() + host.freeBytes()),
                host == null ? "" : Math.round(100 * host.rating()) + " %");
    }

    static String tone(HostStatus host) {
        return switch (host.state()) {
            case ACCEPTING -> "good";
            case FULL, DRAINING, SUSPECT, UNREACHABLE -> "warn";
            case QUARANTINED -> "bad";
        };
    }

    static String word(HostStatus host) {
        return host.state().name().toLowerCase(Locale.ROOT);
    }

    private static String does(InventoryPage.Line line) {
        if (line.machine().revoked()) {
            return Texts.say("system.revoked");
        }
        if (line.machine().isDevice()) {
            return Texts.say("system.role.device");
        }
        return Stream.of("source", "host", "monitor")
                .filter(line.machine().roles()::contains)
                .map(role -> Texts.say("system.role." + role))
                .collect(Collectors.joining(", "));
    }
}
