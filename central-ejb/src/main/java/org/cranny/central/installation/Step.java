package org.cranny.central.installation;

/** What is being done on a machine, in this order. */
enum Step {
    CONNECT,
    LOOK,
    UNPACK,
    SETTLE,
    ENROLL,
    START,
    /** Waits until central sees it at work. */
    ALIVE,
    FINISH,
    /** Takes back what was put there, because something failed. */
    UNDO,
    /** Takes programs off. */
    REMOVE,
    /** Takes the machine off central's lists. */
    SHUT_OUT
}
