package org.cranny.protocol.custody;

import java.util.List;

/**
 * Has a daemon fetch fragments of one source from another daemon.
 *
 * @param from number of the host that has them
 * @param address of its daemon, {@code https://host:port}
 * @param grant to read them there, made out to the daemon that fetches; signed, base64url
 * @param sourceKey the source's public key, SubjectPublicKeyInfo in base64: kept beside its fragments
 * @param fragments at most {@link #MOST_FRAGMENTS}
 * @param bytesPerSecond no faster than this; 0 is no limit
 * @param linkPercent the share of its link that the daemon takes for all its copies together, 1 to 100; a central that
 *     does not say leaves it at {@link #USUAL_PERCENT}
 */
public record CopyOrder(
        long from,
        String address,
        String grant,
        String sourceKey,
        List<Item> fragments,
        long bytesPerSecond,
        int linkPercent) {
    public static final int MOST_FRAGMENTS = 64;

    /** The rest of the link is its owner's. */
    public static final int USUAL_PERCENT = 70;

    public CopyOrder {
        linkPercent = linkPercent < 1 || linkPercent > 100 ? USUAL_PERCENT : linkPercent;
    }

    /** One fragment. @param fragment hex id @param length octets */
    public record Item(String fragment, long length) {}
}
