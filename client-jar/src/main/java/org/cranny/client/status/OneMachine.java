package org.cranny.client.status;

import java.net.URI;
import java.util.Collection;
import org.cranny.protocol.masterfile.Host;

/** Notices hosts that share one address: copies on them are lost together. */
public final class OneMachine {
    public static final String WARNING =
            "All copies are on one machine. That is fine for a trial; enroll hosts on other machines to be safe.";

    private OneMachine() {}

    /** Whether there are hosts, and all of them stand at one network address. */
    public static boolean holdsAll(Collection<Host> hosts) {
        return !hosts.isEmpty()
                && hosts.stream().map(OneMachine::place).distinct().count() == 1;
    }

    private static String place(Host host) {
        try {
            String name = URI.create(host.address()).getHost();
            return name == null ? host.address() : name;
        } catch (IllegalArgumentException e) {
            return host.address();
        }
    }
}
