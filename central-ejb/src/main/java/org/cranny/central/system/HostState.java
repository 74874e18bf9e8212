package org.cranny.central.system;

import org.cranny.protocol.masterfile.Host.State;

/**
 * What a host may be used for, from what is known about it: a decision outweighs silence, silence outweighs
 * what others could not reach, and that outweighs space.
 */
final class HostState {
    private HostState() {}

    static State of(State decided, boolean silent, boolean unreachable, boolean full) {
        if (decided == State.QUARANTINED || decided == State.DRAINING) {
            return decided;
        }
        if (silent) {
            return State.SUSPECT;
        }
        if (unreachable) {
            return State.UNREACHABLE;
        }
        return full ? State.FULL : State.ACCEPTING;
    }
}
