package org.cranny.daemon.monitor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.cranny.daemon.identity.Identity;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;

/**
 * Looks whether central and peers can be reached, and remembers the newest 1,000 looks until a report arrived.
 * A look is a connection and a TLS handshake in which the peer proves to be the system that was meant.
 */
public final class Monitor {
    private static final int MOST_LOOKS = 1_000;
    private static final int PATIENCE_MILLIS = 5_000;

    private final Identity identity;
    private final Clock clock;
    private final Deque<Seen> looks = new ArrayDeque<>();

    public Monitor(Identity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** Looks once at each. */
    public void look(List<Peer> peers) {
        for (Peer peer : peers) {
            if (peer.system() != identity.system().number()) {
                long from = clock.millis();
                boolean reached = reaches(peer);
                saw(new Seen(peer.system(), clock.instant().getEpochSecond(), reached, clock.millis() - from));
            }
        }
    }

    /** Remembers a look that was made in passing. */
    public synchronized void saw(Seen look) {
        if (looks.size() == MOST_LOOKS) {
            looks.removeFirst();
        }
        looks.addLast(look);
    }

    /** The looks that were not reported yet, oldest first. */
    public synchronized List<Seen> unreported() {
        return new ArrayList<>(looks);
    }

    /** Forgets what a report brought to central. */
    public synchronized void reported(List<Seen> report) {
        looks.removeAll(report);
    }

    private boolean reaches(Peer peer) {
        URI address;
        try {
            address = URI.create(peer.address());
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (address.getHost() == null || address.getPort() < 1) {
            return false;
        }
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket tls = (SSLSocket) identity.tls(system -> system == peer.system())
                    .getSocketFactory()
                    .createSocket(plain, address.getHost(), address.getPort(), true)) {
                tls.startHandshake();
                return true;
            }
        } catch (IOException e) {
            return false;
        }
    }
}
