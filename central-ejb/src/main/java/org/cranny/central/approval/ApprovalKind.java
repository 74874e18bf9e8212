package org.cranny.central.approval;

/** What leave is asked for, and which role gives it. */
public enum ApprovalKind {
    /** To open a machine's backups with the escrow key. */
    RECOVERY("recovery-officer", "a recovery officer"),
    /** To forget many snapshots at once. */
    DELETION("administrator", "another administrator"),
    /** To keep snapshots for a shorter time. */
    RETENTION("administrator", "another administrator"),
    /** To let deletion go on where it was stopped; asked for whatever a realm's rule is. */
    BRAKE("administrator", "another administrator");

    private final String role;
    private final String giver;

    ApprovalKind(String role, String giver) {
        this.role = role;
        this.giver = giver;
    }

    /** The role of whoever may give leave. */
    public String role() {
        return role;
    }

    String giver() {
        return giver;
    }
}
