package org.cranny.central.upgrade;

/** How far one program is in an upgrade. */
enum State {
    WAITING,
    UPGRADING,
    UPGRADED,
    FAILED,
    CURRENT,
    EXCLUDED,
    SKIPPED;

    boolean open() {
        return this == WAITING || this == UPGRADING;
    }
}
