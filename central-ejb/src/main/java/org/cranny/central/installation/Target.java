package org.cranny.central.installation;

/** A machine that is reached by SSH. */
record Target(String host, int port) {
    @Override
    public String toString() {
        return port == Targets.USUAL_PORT ? host : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
