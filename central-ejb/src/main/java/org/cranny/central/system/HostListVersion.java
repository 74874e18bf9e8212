package org.cranny.central.system;

/** Tells how far the published list of hosts has come, to those who may not know how it is made. */
public interface HostListVersion {
    /** Version of the newest master file. */
    long newest();
}
