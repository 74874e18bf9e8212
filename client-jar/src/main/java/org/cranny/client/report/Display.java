package org.cranny.client.report;

/** Shows work to somebody. Called by one thread at a time. */
interface Display {
    /** How often {@link #show} is called at most. */
    long intervalMillis();

    void show(Counts counts, Pace pace);

    /** @param path of the file it is about, as text, or null */
    void warning(String path, String reason);

    void notice(String line);

    /** As a notice, unless lines are read by programs. */
    default void event(JsonLine line, String sentence) {
        notice(sentence);
    }

    /** Nothing more comes; what was drawn over is cleared. */
    void end();

    /** Whether it is worth counting beforehand what there is to do. */
    default boolean wantsTotal() {
        return false;
    }
}
