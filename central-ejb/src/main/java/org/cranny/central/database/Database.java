package org.cranny.central.database;

import jakarta.enterprise.context.ApplicationScoped;

/** Runs short transactions; what changed is on disk when the caller hears of it. */
@ApplicationScoped
public class Database {
    /** Whether the database answers now. */
    public boolean answers() {
        throw new UnsupportedOperationException();
    }
}
