package org.cranny.protocol.browse;

/**
 * What central asks a source's agent, because the policy keeps the names of its files from central. Members that its kind
 * does not need are null.
 *
 * @param kind name of a {@link QuestionKind}; an agent that does not know it answers with a problem
 * @param snapshot the beginning of an id, or {@code latest}
 * @param to the newer snapshot of a difference, likewise
 * @param path absolute, in the notation of paths
 * @param name pattern with {@code *} and {@code ?}
 * @param from ISO 8601
 * @param until ISO 8601
 * @param after what the page before ended with
 * @param limit of lines; an agent may answer with fewer
 */
public record Question(
        String kind,
        String snapshot,
        String to,
        String path,
        String name,
        String from,
        String until,
        String after,
        int limit) {

    /** The entries of one folder. */
    public static Question tree(String snapshot, String path, String after, int limit) {
        return new Question(QuestionKind.TREE.name(), snapshot, null, path, null, null, null, after, limit);
    }

    /** Everything below a folder that fits. */
    public static Question search(
            String snapshot, String path, String name, String from, String until, String after, int limit) {
        return new Question(QuestionKind.SEARCH.name(), snapshot, null, path, name, from, until, after, limit);
    }

    /** What a path was over all snapshots. */
    public static Question versions(String path) {
        return new Question(QuestionKind.VERSIONS.name(), null, null, path, null, null, null, null, 1);
    }

    /** What differs between two snapshots below a folder. */
    public static Question difference(String from, String to, String path, String after, int limit) {
        return new Question(QuestionKind.DIFFERENCE.name(), from, to, path, null, null, null, after, limit);
    }

    /** Where one file is. */
    public static Question explain(String snapshot, String path) {
        return new Question(QuestionKind.EXPLAIN.name(), snapshot, null, path, null, null, null, null, 1);
    }
}
