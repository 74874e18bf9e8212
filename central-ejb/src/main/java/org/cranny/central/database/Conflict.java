package org.cranny.central.database;

import java.sql.SQLException;
import java.util.Set;

/** Tells a transaction that lost against another one, and may be run again, from one that is wrong. */
final class Conflict {
    private static final String DUPLICATE = "23505";
    private static final String LOCK_TIMEOUT = "HYT00";
    private static final Set<Integer> H2_CODES = Set.of(50200, 90131);

    private Conflict() {}

    static boolean worthAnotherTry(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && lostAgainstAnother(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean lostAgainstAnother(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("40")
                || state.equals(DUPLICATE)
                || state.equals(LOCK_TIMEOUT)
                || H2_CODES.contains(failure.getErrorCode());
    }
}
