package org.cranny.engine.restore;

import java.util.Collection;
import java.util.List;
import org.cranny.engine.exclude.Excludes;

/**
 * What of a snapshot's files and folders is brought back, by patterns as backups have them ({@code
 * docs/reference/patterns.md}). A pattern that fits a folder stands for all that is in it.
 */
public final class Picked {
    public static final Picked ALL = new Picked(null, Excludes.NONE);

    private final Excludes included;
    private final Excludes excluded;

    private Picked(Excludes included, Excludes excluded) {
        this.included = included;
        this.excluded = excluded;
    }

    /**
     * @param include only what fits one of these; none means everything
     * @param exclude and of that, nothing that fits one of these
     */
    public static Picked of(Collection<byte[]> include, Collection<byte[]> exclude) {
        return new Picked(
                include.isEmpty() ? null : Excludes.NONE.and(List.copyOf(include)),
                Excludes.NONE.and(List.copyOf(exclude)));
    }

    /** Whether this, and everything below it, is left out. @param path raw octets, relative to {@code /} */
    boolean leavesOut(byte[] path, boolean folder) {
        return excluded.leavesOut(path, folder);
    }

    /** Whether this is brought back, and everything below it that is not left out. */
    boolean names(byte[] path, boolean folder) {
        return included == null || included.leavesOut(path, folder);
    }

    /** Whether all is brought back that is not left out. */
    boolean isUnnamed() {
        return included == null;
    }
}
