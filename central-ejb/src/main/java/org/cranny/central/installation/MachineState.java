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
    /** The reason says why; what was put there was taken back, unless the reason says otherwise. */
    FAILED;

    boolean ended() {
        return this != WAITING && this != RUNNING;
    }
}
