package org.cranny.protocol.snapshot;

import java.util.List;

/** Restores that their machine tells of. @param restores at most {@link #MOST} */
public record RestoreNotes(List<RestoreNote> restores) {
    public static final int MOST = 100;
}
