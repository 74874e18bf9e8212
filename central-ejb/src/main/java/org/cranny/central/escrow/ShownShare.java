package org.cranny.central.escrow;

/** An officer's share, opened by the officer. @param share base64 */
public record ShownShare(String share) {
    @Override
    public String toString() {
        return "ShownShare[redacted]";
    }
}
