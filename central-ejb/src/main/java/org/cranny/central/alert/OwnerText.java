package org.cranny.central.alert;

import org.cranny.central.approval.Approval;
import org.cranny.central.log.Happening;
import org.cranny.central.policy.RetentionChanged;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.system.Machine;
import org.cranny.protocol.policy.Policy.Retention;

/** What an owner reads. No file name is in it. @param subject one line, at most 200 characters */
record OwnerText(String subject, String body) {
    private static final int LONGEST_SUBJECT = 200;

    OwnerText {
        subject = subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT - 1) + "…";
    }

    static OwnerText asked(Machine machine, Approval asked) {
        String opens;
        if (asked.officers()) {
            opens = "From " + asked.opens() + " on recovery officers can open them with their shares, unless somebody"
                    + " refuses before.";
        } else if (asked.opens() == null) {
            opens = "A recovery officer has to give leave, until " + asked.expires() + ".";
        } else {
            opens = "They may be opened when a recovery officer gives leave, or from " + asked.opens()
                    + " on, unless somebody refuses before.";
        }
        return new OwnerText(
                "Cranny: somebody asks to open the backups of " + machine.name(),
                lines(
                        asked.askedBy() + " asked to open the backups of " + machine.name() + " (system "
                                + machine.number() + "): " + asked.purpose() + ".",
                        "Why: " + (asked.why() == null ? "no reason was given." : asked.why()),
                        opens,
                        "If you know nothing of it, have an administrator refuse it: cranny admin approvals refuse "
                                + asked.id()));
    }

    static OwnerText decided(Machine machine, Approval decided) {
        boolean given = decided.state().equals("GIVEN");
        String by =
                switch (decided.decidedBy()) {
                    case "time" -> "Nobody refused in time, and the backups are being opened.";
                    case "officers" -> "Recovery officers brought their shares and opened the keys.";
                    default -> decided.decidedBy() + (given ? " gave leave." : " refused.");
                };
        return new OwnerText(
                "Cranny: the backups of " + machine.name() + (given ? " may be opened" : " stay closed"),
                lines(
                        by,
                        "It was asked by " + decided.askedBy() + ": " + decided.purpose() + ".",
                        given
                                ? "If you know nothing of it, have an administrator take it back: cranny admin approvals"
                                        + " refuse " + decided.id()
                                : "There is nothing to do."));
    }

    static OwnerText happened(Machine machine, Happening happening) {
        boolean pulled = happening.what() == Happening.What.BRAKE_PULLED;
        return new OwnerText(
                "Cranny: "
                        + (pulled
                                ? "all backups of " + machine.name() + " are kept for now"
                                : machine.name() + " is looked after as before"),
                pulled
                        ? lines(
                                "What " + machine.name() + " backed up is not deleted for now: " + happening.detail()
                                        + ".",
                                "That stays so until two administrators have looked at it. It goes on backing up.",
                                "If you moved or deleted many files, tell an administrator. If you did not, its files may be being encrypted: switch the machine off and call an administrator.")
                        : lines("What it backed up is kept as its policy says again (" + happening.detail() + ")."));
    }

    static OwnerText askedFor(Approval asked) {
        return new OwnerText(
                asked.kind().equals("BRAKE")
                        ? "Cranny: somebody asks to let deletion go on"
                        : "Cranny: somebody asks to keep fewer backups",
                lines(
                        asked.askedBy() + " asked for leave: " + asked.purpose() + " (" + asked.subject() + ").",
                        asked.opens() == null
                                ? "Another administrator has to give leave, until " + asked.expires() + "."
                                : "It may be done when another administrator gives leave, or from " + asked.opens()
                                        + " on, unless somebody refuses before.",
                        "If you know nothing of it, have an administrator refuse it: cranny admin approvals refuse "
                                + asked.id()));
    }

    static OwnerText decidedOn(Approval decided) {
        boolean given = decided.state().equals("GIVEN");
        return new OwnerText(
                given ? "Cranny: fewer backups may be kept" : "Cranny: all backups stay",
                lines(
                        decided.decidedBy().equals("time")
                                ? "Nobody refused in time."
                                : decided.decidedBy() + (given ? " gave leave." : " refused."),
                        "It was asked by " + decided.askedBy() + ": " + decided.purpose() + " (" + decided.subject()
                                + ")."));
    }

    static OwnerText recovery(Machine machine, Recovery recovery) {
        return new OwnerText(
                "Cranny: the backups of " + machine.name() + " are being opened",
                lines(
                        recovery.askedBy() + " asked for recovery " + recovery.id() + " of " + machine.name()
                                + " (system " + machine.number() + "), version " + recovery.version() + ", as "
                                + way(recovery) + ". This realm asks for nobody's leave.",
                        "If you know nothing of it, ask your administrators."));
    }

    static OwnerText retention(RetentionChanged changed) {
        return new OwnerText(
                "Cranny: older backups may be deleted sooner",
                lines(
                        changed.actor() + " changed for how long snapshots are kept (" + changed.scope() + ").",
                        "Before: " + rules(changed.before()),
                        "Now: " + rules(changed.after()),
                        "What is forgotten can be brought back for a while: cranny admin retention undo SYSTEM VERSION"));
    }

    static OwnerText owner(Machine machine, String actor) {
        return new OwnerText(
                "Cranny: you are told no more of the backups of " + machine.name(),
                lines(
                        actor + " gave " + machine.name() + " (system " + machine.number() + ") to "
                                + (machine.owner() == null ? "nobody" : machine.owner()) + ".",
                        "Whatever is done with its backups, you will not hear of. If that is wrong, ask your"
                                + " administrators."));
    }

    static OwnerText shutOut(Machine machine, String actor, String why) {
        return new OwnerText(
                "Cranny: " + machine.name() + " was shut out",
                lines(
                        actor + " shut out " + machine.name() + " (system " + machine.number() + ")"
                                + (why == null ? "." : ": " + why),
                        machine.isSource()
                                ? "It backs up nothing more. What it backed up stays, and comes back on another machine."
                                : "It is sent nothing more, and copies of what it keeps are made elsewhere.",
                        "If you know nothing of it, ask your administrators."));
    }

    private static String way(Recovery recovery) {
        return switch (recovery.way()) {
            case "ARCHIVE" -> "an archive";
            case "AGENT" -> "a hand-over to system " + recovery.agent();
            default -> "a hand-over to a new machine";
        };
    }

    private static String rules(Retention rules) {
        if (rules == null) {
            return "nothing was said here; a wider rule holds, or everything is kept.";
        }
        StringBuilder text = new StringBuilder();
        add(text, "last", rules.last());
        add(text, "hourly", rules.hourly());
        add(text, "daily", rules.daily());
        add(text, "weekly", rules.weekly());
        add(text, "monthly", rules.monthly());
        add(text, "yearly", rules.yearly());
        add(text, "days in which all are kept", rules.withinDays());
        return text.isEmpty() ? "nothing is said here." : text + ".";
    }

    private static void add(StringBuilder text, String name, Integer number) {
        if (number != null) {
            text.append(text.isEmpty() ? "" : ", ").append(number).append(' ').append(name);
        }
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }
}
