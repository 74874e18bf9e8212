package org.cranny.central.database;

/** Lets tests of other packages begin as a server does. */
public final class TestDatabase {
    private TestDatabase() {}

    public static void open(Database database) {
        database.open();
    }
}
