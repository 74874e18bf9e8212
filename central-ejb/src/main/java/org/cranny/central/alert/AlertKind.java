package org.cranny.central.alert;

/** What can be wrong: how it is called, what happens when nobody does anything, and what to do. */
public enum AlertKind {
    NO_BACKUP_FOR_3_DAYS(
            "No backup for 3 days",
            "What changed since then is lost when the machine is.",
            "See whether the machine is on and its agent runs: cranny admin jobs --system NUMBER."),
    NO_BACKUP_FOR_7_DAYS(
            "No backup for 7 days",
            "A week's work is lost when the machine is.",
            "Back it up now: cranny admin run-now NUMBER; revoke it when the machine is gone for good."),
    REDUNDANCY_LOW(
            "Too few copies",
            "Losing one more host may lose what these machines backed up.",
            "Bring the hosts that are away back, or let the machines back up again."),
    HOST_LOST(
            "A host is away",
            "What it keeps has fewer copies than it should.",
            "Switch it on, or retire it so that its copies are made elsewhere."),
    PROOFS_WRONG(
            "A host does not prove what it keeps",
            "Its copies are made elsewhere as they are found missing; it gets nothing new.",
            "Look at its disk; when it is sound again: cranny admin host undrain NUMBER."),
    HOST_SET_ASIDE(
            "A host was set aside",
            "It is sent nothing, none of its copies counts, and other hosts make new ones.",
            "See that one daemon runs under its name, with the newest disk; then let it take fragments again: cranny admin"
                    + " host undrain NUMBER. If that cannot be, shut it out: cranny admin system shut-out NUMBER."),
    DISK_RECLAIMED(
            "A host lends much less than before",
            "It may soon have to give up what it keeps for others.",
            "Ask its owner whether the disk fills up or the quota was lowered."),
    BRAKE_PULLED(
            "Deletion was stopped",
            "Nothing is deleted until somebody has looked at it, and hosts fill up.",
            "Find out why so much changed (cranny admin brake list), then release it with another administrator."),
    CENTRAL_DISK_LOW(
            "Central's own disk is nearly full",
            "When it is full central takes no more snapshots.",
            "Make room on the disk of central's home."),
    DUMP_FAILED(
            "Central was not dumped",
            "When central's disk is lost, it comes back as it was at the last dump.",
            "Look into central's log, then try again: cranny admin dumps now."),
    DUMP_ON_NO_HOSTS(
            "Central's dump is on no hosts",
            "It is on central's own disk alone, and lost with it.",
            "See to it that hosts in two failure domains accept fragments, then: cranny admin dumps now."),
    UPLOADS_WAIT(
            "Uploads were not spread for an hour",
            "They are on central's own disk alone, and lost with it.",
            "See to it that hosts in two failure domains accept fragments; central's log has the reason."),
    SYSLOG_WAITS(
            "The receiver of syslog has taken nothing for a day",
            "Whoever watches the log there misses what happens here. Nothing is lost: central keeps all of it.",
            "See whether the receiver runs and what cranny.syslog.to says; central's log has the reason."),
    DELIVERY_FAILED(
            "A message could not be delivered for a day",
            "Nobody hears of alerts this way.",
            "Mend the channel and try it: cranny admin alerts test.");

    private final String title;
    private final String consequence;
    private final String advice;

    AlertKind(String title, String consequence, String advice) {
        this.title = title;
        this.consequence = consequence;
        this.advice = advice;
    }

    /** What it is. */
    public String title() {
        return title;
    }

    /** What happens if nobody does anything. */
    public String consequence() {
        return consequence;
    }

    /** What to do. */
    public String advice() {
        return advice;
    }
}
