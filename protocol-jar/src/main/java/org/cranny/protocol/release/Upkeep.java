package org.cranny.protocol.release;

/** Who gives a program its next version. */
public enum Upkeep {
    /** Central may: it installed it, and its package names the key that signs releases. */
    CENTRAL,
    /** Central installed it, and its package names no key, so that nothing new is believed. */
    UNSIGNED,
    /** The machine's own packages. */
    PACKAGES,
    /** Somebody by hand. */
    HAND
}
