package org.cranny.web.pages.settings;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.cranny.central.authority.Authority;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Hosts;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Texts;

/** What this installation is set to, and where it is changed. Secrets are not among it. */
@Named
@RequestScoped
public class SettingsView {
    @Inject
    Settings settings;

    @Inject
    Authority authority;

    @Inject
    Hosts hosts;

    private List<Group> groups;

    /** Settings that belong together. */
    public record Group(String title, List<Setting> settings) {}

    /** One setting. @param name as in the file */
    public record Setting(String meaning, String name, String value) {}

    @PostConstruct
    void look() {
        int count = hosts.count();
        groups = List.of(
                group(
                        "realm",
                        setting("cranny.machines-url", settings.machinesUrl()),
                        setting("cranny.certificate.days", days(settings.certificateLife())),
                        setting("cranny.allotment.days", days(settings.allotmentLife())),
                        setting("cranny.allotment.bytes", Amounts.bytes(settings.allotmentBytes()))),
                group(
                        "leave",
                        setting(
                                "cranny.approval.rule",
                                settings.approvalRule()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')),
                        setting("cranny.approval.wait-hours", time(settings.approvalWait())),
                        setting(
                                "cranny.escrow.passphrase-file",
                                settings.escrowPassphraseFile().isPresent()
                                        ? Texts.say("settings.given")
                                        : Texts.say("settings.none"))),
                group(
                        "hosts",
                        setting("cranny.heartbeat.interval-seconds", settings.heartbeatSeconds(count) + " s"),
                        setting("cranny.host.suspect-seconds", time(settings.suspectAfter(count))),
                        setting("cranny.host.lost-always-on-seconds", time(settings.lostAfter("always"))),
                        setting("cranny.host.lost-office-seconds", time(settings.lostAfter("office"))),
                        setting("cranny.host.lost-sometimes-seconds", time(settings.lostAfter("sometimes"))),
                        setting("cranny.host.full-below-bytes", Amounts.bytes(settings.fullBelowBytes()))),
                group(
                        "copies",
                        setting("cranny.repair.at-once", String.valueOf(settings.copiesAtOnce())),
                        setting("cranny.repair.per-host", String.valueOf(settings.copiesPerHost())),
                        setting("cranny.repair.link-percent", settings.copyLinkPercent() + " %"),
                        setting("cranny.trash.seconds", time(settings.trashTime())),
                        setting("cranny.retention.undo-seconds", time(settings.forgottenKept())),
                        setting("cranny.prune.most-percent", settings.pruneMostPercent() + " %")),
                group(
                        "messages",
                        setting("cranny.mail.server", settings.mailServer().orElse(Texts.say("settings.none"))),
                        setting(
                                "cranny.mail.to",
                                settings.mailTo().isEmpty()
                                        ? Texts.say("settings.none")
                                        : String.join(", ", settings.mailTo())),
                        setting(
                                "cranny.webhook.urls",
                                String.valueOf(settings.webhookUrls().size())),
                        setting("cranny.alert.remind-seconds", time(settings.alertReminder()))),
                group(
                        "dumps",
                        setting("cranny.dump.hour", settings.dumpHour() + ":00"),
                        setting("cranny.dump.kept", String.valueOf(settings.dumpsKept())),
                        setting("cranny.dump.copies", String.valueOf(settings.dumpCopies()))));
    }

    private static Group group(String key, Setting... settings) {
        return new Group(Texts.say("settings." + key), List.of(settings));
    }

    private static Setting setting(String name, String value) {
        return new Setting(Texts.say("setting." + name), name, value);
    }

    private static String days(Duration time) {
        return time.toDays() + " days";
    }

    private static String time(Duration time) {
        if (time.toHours() >= 48) {
            return days(time);
        }
        return time.toMinutes() >= 120 ? time.toHours() + " h" : time.toSeconds() + " s";
    }

    public String getHeadline() {
        return Texts.say("settings.headline");
    }

    public List<Group> getGroups() {
        return groups;
    }

    public String getFingerprint() {
        return authority.fingerprint();
    }

    public String getRealm() {
        return authority.realm().toString();
    }

    public String getHome() {
        return settings.home().resolve("central.properties").toString();
    }
}
