package org.cranny.protocol.readers;

import java.util.List;

/**
 * Reads octets that may be anything. What a seal, a checksum or a signature covers is covered anew by whoever reads here,
 * because whoever may sign may mean harm.
 *
 * @param name for people, and of the folder of inputs that were found
 * @param refusals what its page says that it throws; anything else that is thrown is a fault
 * @param seeds what it reads as it should
 */
public record Reader(String name, List<Class<? extends Exception>> refusals, List<byte[]> seeds, Reading reading) {
    /** Octets that one reading of a short input may allocate in all, so that a heap of 256 MiB is always enough. */
    private static final long MOST_ALLOCATED = 64L << 20;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

    /** One reading. */
    public interface Reading {
        void read(byte[] octets) throws Exception;
    }

    /** A reader that throws this one exception. */
    public static Reader of(String name, Class<? extends Exception> refusal, List<byte[]> seeds, Reading reading) {
        return new Reader(name, List.of(refusal), seeds, reading);
    }

    /**
     * Reads, and lets pass what the page promises.
     *
     * @return whether there was something to read
     */
    boolean read(byte[] octets) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean read = attempt(octets);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > MOST_ALLOCATED) {
            requireLittle(octets);
        }
        return read;
    }

    /** Once more, because the first time classes were loaded. */
    private void requireLittle(byte[] octets) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        attempt(octets);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MOST_ALLOCATED) {
            throw new AssertionError(octets.length + " octets make it allocate " + allocated);
        }
    }

    private boolean attempt(byte[] octets) {
        try {
            reading.read(octets.clone());
            return true;
        } catch (Exception e) {
            if (refusals.stream().anyMatch(refusal -> refusal.isInstance(e))) {
                return false;
            }
            throw new AssertionError(name + " threw what its page does not promise: " + e, e);
        }
    }
}
