package org.cranny.central.repair;

/** Something that hosts keep besides packs, and that is to be elsewhere before a host is empty. */
public interface Burden {

    /** @param fragments how many @param bytes of them together */
    record Load(long fragments, long bytes) {}

    Load on(long host);
}
