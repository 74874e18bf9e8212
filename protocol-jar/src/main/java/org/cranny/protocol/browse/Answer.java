package org.cranny.protocol.browse;

import java.util.List;
import org.cranny.protocol.problem.Problem;

/** What an agent says to a {@link Question}: the member of its kind, or why there is none; the others are null. */
public record Answer(
        EntryPage entries, List<VersionLine> versions, ChangePage changes, Explanation explanation, Problem problem) {
    public static Answer of(EntryPage entries) {
        return new Answer(entries, null, null, null, null);
    }

    public static Answer of(List<VersionLine> versions) {
        return new Answer(null, versions, null, null, null);
    }

    public static Answer of(ChangePage changes) {
        return new Answer(null, null, changes, null, null);
    }

    public static Answer of(Explanation explanation) {
        return new Answer(null, null, null, explanation, null);
    }

    public static Answer of(Problem problem) {
        return new Answer(null, null, null, null, problem);
    }
}
