package org.cranny.web.pages.overview;

import java.time.Instant;
import org.cranny.central.alert.Alert;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.approval.Approval;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/**
 * One thing that needs somebody.
 *
 * @param tone {@code bad} or {@code warn}
 * @param who the machine's name, or central
 * @param whoHref its page, or empty
 * @param what is wrong with it
 * @param since as people say it
 * @param consequence what happens when nobody does anything
 * @param advice what to do where no button does it
 * @param deed what the form is told to do: {@code back-up} or {@code take-on}, or empty for a link
 * @param subject of the deed, a number
 * @param button its words
 * @param href where the link leads, or empty
 * @param alert its number for taking it on, 0 when it is none
 */
public record Need(
        String tone,
        String who,
        String whoHref,
        String what,
        String since,
        String sinceExactly,
        String consequence,
        String advice,
        String deed,
        String subject,
        String button,
        String href,
        long alert) {

    static Need of(Alert alert, Address address, Moments moments) {
        String[] words = alert.subject().split(" ");
        boolean machine = words.length == 2 && (words[0].equals("system") || words[0].equals("host"));
        String href = machine ? address.of(Page.SYSTEM, "id", words[1]) : "";
        boolean backUp =
                alert.kind() == AlertKind.NO_BACKUP_FOR_3_DAYS || alert.kind() == AlertKind.NO_BACKUP_FOR_7_DAYS;
        String button =
                backUp ? Texts.say("need.back-up") : machine ? Texts.say("need.look") : Texts.say("need.take-on");
        return new Need(
                isBad(alert.kind()) ? "bad" : "warn",
                alert.name(),
                href,
                Texts.say("need.alert." + alert.kind()),
                moments.said(alert.since()),
                moments.exact(alert.since()),
                (Deed.sentence(alert.detail()) + " " + alert.kind().consequence()).strip(),
                advice(alert.kind(), backUp),
                backUp ? "back-up" : machine ? "" : "take-on",
                backUp ? words[1] : String.valueOf(alert.id()),
                button,
                backUp || !machine ? "" : href,
                alert.id());
    }

    /** Where a page has the button, its words name that and no command. */
    private static String advice(AlertKind kind, boolean backUp) {
        String key = "need.advice." + kind;
        return Texts.has(key) ? Texts.say(key) : backUp ? "" : kind.advice();
    }

    static Need of(Approval approval, String machine, Address address, Moments moments) {
        Instant asked = Instant.parse(approval.asked());
        return new Need(
                "warn",
                machine,
                approval.system() == null ? "" : address.of(Page.SYSTEM, "id", approval.system()),
                Texts.say(
                        approval.opensBackups() ? "need.approval" : "need.leave",
                        approval.askedBy(),
                        approval.purpose()),
                moments.said(asked),
                moments.exact(asked),
                Texts.say(approval.opens() == null ? "need.approval.waits" : "need.approval.opens"),
                "",
                "",
                "",
                Texts.say("need.decide"),
                address.of(Page.RECOVERY) + "#approval-" + approval.id(),
                0);
    }

    private static boolean isBad(AlertKind kind) {
        return switch (kind) {
            case NO_BACKUP_FOR_7_DAYS, REDUNDANCY_LOW, BRAKE_PULLED, CENTRAL_DISK_LOW, DUMP_ON_NO_HOSTS, UPLOADS_WAIT ->
                true;
            case NO_BACKUP_FOR_3_DAYS,
                    HOST_LOST,
                    HOST_SET_ASIDE,
                    PROOFS_WRONG,
                    DISK_RECLAIMED,
                    DUMP_FAILED,
                    SYSLOG_WAITS,
                    DELIVERY_FAILED -> false;
        };
    }
}
