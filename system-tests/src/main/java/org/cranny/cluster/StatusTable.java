package org.cranny.cluster;

import java.io.PrintWriter;

/** A cluster's status for people. */
final class StatusTable {

    private StatusTable() {}

    static void print(ClusterStatus status, PrintWriter out) {
        out.printf("%-10s %8s  %s%n", "", "pid", "address");
        row(out, "central", status.central().pid(), status.central().url());
        status.daemons().forEach(daemon -> row(out, daemon.name(), daemon.pid(), daemon.url()));
        out.printf(
                "%nadministrator %s, password %s%n",
                status.central().user(), status.central().password());
        out.printf(
                "enroll a source: bin/cranny enroll %s --token %s --ca-fingerprint %s%n",
                status.central().url(), status.token(), status.caFingerprint());
    }

    private static void row(PrintWriter out, String name, long pid, String url) {
        out.printf("%-10s %8s  %s%n", name, pid == 0 ? "down" : Long.toString(pid), url);
    }
}
