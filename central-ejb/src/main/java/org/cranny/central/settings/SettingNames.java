package org.cranny.central.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that a setting of central may have. */
public final class SettingNames {
    private static final String OURS = "cranny.";

    /** Without {@link #OURS}; a test compares them with the page of the reference. */
    private static final Set<String> KNOWN = Set.of(
            "alert.disk-low-bytes",
            "alert.gather-seconds",
            "alert.interval-seconds",
            "alert.kept-days",
            "alert.reclaimed-below-percent",
            "alert.remind-seconds",
            "allotment.bytes",
            "allotment.bytes-per-day",
            "allotment.days",
            "approval.rule",
            "approval.wait-hours",
            "certificate.days",
            "dump.copies",
            "dump.hour",
            "dump.interval-seconds",
            "dump.kept",
            "dump.kept-on-hosts",
            "escrow.passphrase-file",
            "heartbeat.interval-seconds",
            "home",
            "host.full-below-bytes",
            "host.lost-always-on-seconds",
            "host.lost-office-seconds",
            "host.lost-sometimes-seconds",
            "host.lost-unknown-seconds",
            "host.suspect-seconds",
            "job.kept-days",
            "job.lease-seconds",
            "keep-free-bytes",
            "ldap.authority-file",
            "ldap.base",
            "ldap.bind-dn",
            "ldap.bind-password-file",
            "ldap.embedded",
            "ldap.group-attribute",
            "ldap.groups",
            "ldap.member-attribute",
            "ldap.name-attribute",
            "ldap.people",
            "ldap.person-class",
            "ldap.port",
            "ldap.url",
            "machines-url",
            "machines.port",
            "mail.authority-file",
            "mail.from",
            "mail.password-file",
            "mail.security",
            "mail.server",
            "mail.to",
            "mail.user",
            "master-file.changes-kept",
            "master-file.delay-millis",
            "master-file.interval-seconds",
            "master-file.kept",
            "metrics.interval-seconds",
            "metrics.token-file",
            "prune.marks-apart-seconds",
            "prune.most-percent",
            "prune.uncommitted-seconds",
            "prune.youngest-seconds",
            "reliability.half-life-seconds",
            "reliability.interval-seconds",
            "reliability.kept-every-seconds",
            "reliability.look-seconds",
            "reliability.slot-seconds",
            "repair.at-once",
            "repair.bytes-per-second",
            "repair.interval-seconds",
            "repair.per-host",
            "retention.interval-seconds",
            "retention.undo-seconds",
            "schedule.interval-seconds",
            "trash.seconds",
            "webhook.private-addresses",
            "webhook.secret-file",
            "webhook.urls");

    private static final Map<String, String> RENAMED = Map.of(
            "alert.host-lost-seconds", "host.lost-always-on-seconds",
            "repair.always-on-seconds", "host.lost-always-on-seconds",
            "repair.office-seconds", "host.lost-office-seconds",
            "repair.sometimes-seconds", "host.lost-sometimes-seconds",
            "repair.unknown-seconds", "host.lost-unknown-seconds");

    private SettingNames() {}

    /** Why a name means nothing, in one sentence that says what to do; empty when it is known, or none of Cranny's. */
    public static Optional<String> objection(String name) {
        if (!name.startsWith(OURS) || KNOWN.contains(name.substring(OURS.length()))) {
            return Optional.empty();
        }
        String renamed = RENAMED.get(name.substring(OURS.length()));
        return Optional.of(
                renamed == null
                        ? "there is no setting " + name + ": see docs/reference/configuration.md, or take it out"
                        : "the setting " + name + " is called " + OURS + renamed + " now: rename it");
    }

    /** Every known name. */
    static Set<String> all() {
        return KNOWN.stream().map(name -> OURS + name).collect(Collectors.toUnmodifiableSet());
    }
}
