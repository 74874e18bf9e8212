package org.cranny.central.approval;

/**
 * Leave that somebody asked for, as people see it. Times ISO 8601.
 *
 * @param kind name of an {@link ApprovalKind}
 * @param system whose backups it is about; null when it is about many
 * @param purpose what for, without file names
 * @param why in the asker's words, or null
 * @param officers whether recovery officers have to bring their shares, from {@code opens} on
 * @param opens when it is given without a second person unless somebody refuses; null when it never is
 * @param expires until when it is good for anything
 * @param state {@code WAITING}, {@code GIVEN}, {@code REFUSED} or {@code EXPIRED}
 * @param decidedBy who gave or refused it, {@code time} when it was used because nobody refused, {@code officers} when
 *     recovery officers opened what was asked for; null before
 */
public record Approval(
        long id,
        String kind,
        Long system,
        String purpose,
        String why,
        boolean officers,
        String askedBy,
        String asked,
        String opens,
        String expires,
        String state,
        String decidedBy,
        String decided) {

    /** Whether it lets somebody see or take what was backed up. */
    public boolean opensBackups() {
        return kind.equals(ApprovalKind.RECOVERY.name());
    }

    /** As the log names it. */
    public String subject() {
        return system == null ? "central" : "system " + system;
    }
}
