package org.cranny.central.installation;

/** A machine that is reached by SSH. */
record Target(String host, int port) {
    @Override
    public String toString() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == Targets.USUAL_PORT ? name : name + ":" + port;
    }
}
