package org.cranny.protocol.browse;

/** What a source's agent can be asked about its snapshots. */
public enum QuestionKind {
    /** Answered by {@link Answer#entries}. */
    TREE,
    /** Answered by {@link Answer#entries}. */
    SEARCH,
    /** Answered by {@link Answer#versions}. */
    VERSIONS,
    /** Answered by {@link Answer#changes}. */
    DIFFERENCE,
    /** Answered by {@link Answer#explanation}. */
    EXPLAIN
}
