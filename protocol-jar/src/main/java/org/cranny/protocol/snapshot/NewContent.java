package org.cranny.protocol.snapshot;

/**
 * What is new in files, as the source says: of content that it had never backed up.
 *
 * @param plainBytes octets before compression
 * @param storedBytes octets after compression, before sealing; no more than before
 */
public record NewContent(long plainBytes, long storedBytes) {
    /** @throws IllegalArgumentException when it cannot be */
    public NewContent {
        if (storedBytes < 0 || plainBytes < storedBytes) {
            throw new IllegalArgumentException(
                    "what is new has no " + storedBytes + " octets after compression of " + plainBytes);
        }
    }
}
