package org.cranny.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Every port of a cluster, all at or above one base: central takes the first hundred, each daemon ten after that.
 *
 * @param address of this machine, where central and daemons listen
 */
record Ports(String address, int base) {

    static final String LOOPBACK = "127.0.0.1";

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
        return "https://" + address + ":" + people() + "/cranny";
    }

    String machinesUrl() {
        return "https://" + address + ":" + machines() + "/cranny";
    }

    String daemonUrl(int index) {
        return "https://" + address + ":" + daemon(index);
    }

    /** Says in one line which port is taken, before a server fails over it in fifty. */
    void mustBeFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            throw new ClusterException("port " + port + " of " + address + " is not to be had: " + taken.getMessage()
                    + ". Stop what has it, or choose another --port-base.");
        }
    }
}
