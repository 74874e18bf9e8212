package org.cranny.protocol.job;

/** What a job asks of a source; each kind has an order document of its own. */
public enum JobKind {
    /** Back up exactly the job's paths ({@link BackupOrder}). */
    BACKUP,
    /** Bring a snapshot, or the job's paths of it, back ({@link RestoreOrder}). */
    RESTORE,
    /** Find out whether snapshots can be restored ({@link CheckOrder}). */
    CHECK,
    /** Back up what this source backs up usually ({@link RunNowOrder}). */
    RUN_NOW,
    /** Take the place of a lost machine and bring its files back here ({@link RecoverOrder}). */
    RECOVER;

    /** Whether a job of this kind brings a list of paths. */
    public boolean takesPaths() {
        return this == BACKUP || this == RESTORE || this == RECOVER;
    }
}
