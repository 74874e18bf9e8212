package org.cranny.central.installation;

/** How far a machine of an installation is. */
enum MachineState {
    WAITING,
    RUNNING,
    /** Central has seen it at work. */
    INSTALLED,
    /** Everything was there and enrolled. Nothing was changed. */
    PRESENT,
    /** With a dry run: nothing speaks against it. */
    READY,
    /** What was there was taken off, and central lets the machine go. */
    REMOVED,
    /** Nothing was there that installations put there, and central knows no such system. */
    ABSENT,
    /** The reason says why; what was put there was taken back, unless the reason says otherwise. */
    FAILED;

    boolean ended() {
        return this != WAITING && this != RUNNING;
    }
}
