package org.cranny.central.system;

import java.util.Set;

/**
 * Which systems to list, and how.
 *
 * @param text part of a name or of an owner's address, in any case; null for all
 * @param which of them
 * @param sort by what; what is not known comes first
 * @param skip how many to leave out at the beginning
 * @param limit 1..1000
 * @param owners only machines whose owner has one of these mail addresses, in small letters; null for all
 */
public record InventoryQuery(
        String text, Which which, Sort sort, boolean descending, int skip, int limit, Set<String> owners) {
    public InventoryQuery(String text, Which which, Sort sort, boolean descending, int skip, int limit) {
        this(text, which, sort, descending, skip, limit, null);
    }

    /** The same for somebody who sees only the machines of these owners. */
    public InventoryQuery within(Set<String> mails) {
        return new InventoryQuery(text, which, sort, descending, skip, limit, mails);
    }

    /** A choice among systems. */
    public enum Which {
        /** Everything that was not shut out. */
        ALL,
        SOURCES,
        HOSTS,
        /** Sources that are not protected ({@link Inventory#PROTECTED_FOR}). */
        UNPROTECTED,
        /** Hosts that take nothing now, for whatever reason. */
        NOT_ACCEPTING,
        REVOKED
    }

    /** What systems are sorted by. */
    public enum Sort {
        NAME("lower(s.name)"),
        BACKED_UP("coalesce(s.backedUpMillis, 0)"),
        FREE("coalesce(h.availableBytes - h.promisedBytes, 0)"),
        KEPT("coalesce(h.keptBytes, 0)"),
        RATING("coalesce(h.rating, 0)");

        private final String expression;

        Sort(String expression) {
            this.expression = expression;
        }

        String expression() {
            return expression;
        }
    }
}
