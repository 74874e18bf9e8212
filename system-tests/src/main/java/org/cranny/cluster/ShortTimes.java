package org.cranny.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings with which tests see within seconds what otherwise takes days: nothing that is forgotten can be brought back
 * after 20 seconds, a prune may take everything, and nobody is waited for before a backup is opened. For realms that
 * nobody needs tomorrow.
 */
final class ShortTimes {

    /** How long a daemon keeps its trash. */
    static final int TRASH_SECONDS = 5;

    private ShortTimes() {}

    /** As {@code --set} takes them. */
    static List<String> settings(Ports ports) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cranny.heartbeat.interval-seconds", "3");
        settings.put("cranny.host.suspect-seconds", "12");
        settings.put("cranny.host.lost-unknown-seconds", "1200");
        settings.put("cranny.host.lost-always-on-seconds", "1200");
        settings.put("cranny.host.lost-office-seconds", "1200");
        settings.put("cranny.host.lost-sometimes-seconds", "1200");
        settings.put("cranny.master-file.interval-seconds", "5");
        settings.put("cranny.repair.interval-seconds", "3");
        settings.put("cranny.trash.seconds", "10");
        settings.put("cranny.retention.interval-seconds", "5");
        settings.put("cranny.retention.undo-seconds", "20");
        settings.put("cranny.prune.marks-apart-seconds", "2");
        settings.put("cranny.prune.youngest-seconds", "2");
        settings.put("cranny.prune.most-percent", "100");
        settings.put("cranny.reliability.interval-seconds", "3");
        settings.put("cranny.reliability.slot-seconds", "3");
        settings.put("cranny.reliability.look-seconds", "6");
        settings.put("cranny.reliability.half-life-seconds", "240");
        settings.put("cranny.reliability.kept-every-seconds", "30");
        settings.put("cranny.approval.wait-hours", "0");
        settings.put("cranny.ldap.owners-interval-seconds", "3");
        settings.put("cranny.alert.interval-seconds", "3");
        settings.put("cranny.alert.gather-seconds", "1");
        settings.put("cranny.mail.server", "127.0.0.1:" + ports.mail());
        settings.put("cranny.mail.security", "none");
        settings.put("cranny.mail.from", "cranny@example.org");
        settings.put("cranny.mail.to", "administrator@example.org");
        List<String> options = new ArrayList<>();
        settings.forEach((name, value) -> options.addAll(List.of("--set", name + "=" + value)));
        return options;
    }
}
