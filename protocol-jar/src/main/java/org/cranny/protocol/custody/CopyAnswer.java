package org.cranny.protocol.custody;

import java.util.List;

/** What became of a copy order, in the order of its fragments. */
public record CopyAnswer(List<Copied> fragments) {

    /**
     * One fragment.
     *
     * @param fragment hex id
     * @param receipt signed by the daemon that fetched it, base64url; null when it did not get it
     * @param reason why not: the kind of a problem, {@code AWAY} when the other daemon could not be reached; or null
     */
    public record Copied(String fragment, String receipt, String reason) {}

    /** The other daemon could not be reached, or broke off. */
    public static final String AWAY = "AWAY";
}
