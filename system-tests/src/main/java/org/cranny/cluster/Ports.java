package org.cranny.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Every port of a cluster, all at or above one base: central takes the first hundred, each daemon ten after that. */
record Ports(int base) {

    private static final int HIGHEST = 65_535;
    private static final int FIRST_DAEMON = 100;
    private static final int PER_DAEMON = 10;

    Ports {
        if (base < 1024 || base > HIGHEST - FIRST_DAEMON - PER_DAEMON * Cluster.MOST_DAEMONS) {
            throw new ClusterException(
                    "a port base of " + base + " leaves no room. Choose one between 1024 and 60000.");
        }
    }

    int people() {
        return base + 81;
    }

    int machines() {
        return base + 82;
    }

    /** Where central gives its mail to; nobody takes it there unless a test does. */
    int mail() {
        return base + 91;
    }

    int daemon(int index) {
        return base + FIRST_DAEMON + PER_DAEMON * (index - 1);
    }

    String peopleUrl() {
        return "https://127.0.0.1:" + people() + "/cranny";
    }

    String daemonUrl(int index) {
        return "https://127.0.0.1:" + daemon(index);
    }

    /** Says in one line which port is taken, before a server fails over it in fifty. */
    static void mustBeFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new ClusterException(
                    "port " + port + " is taken by another program. Stop it, or choose another --port-base.");
        }
    }
}
