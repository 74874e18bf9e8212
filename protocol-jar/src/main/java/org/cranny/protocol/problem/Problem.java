package org.cranny.protocol.problem;

import java.util.List;

/**
 * The body of every answer that is not a success ({@code application/problem+json}, RFC 9457 members and our own).
 *
 * @param kind name of a {@link ProblemKind}
 * @param status the HTTP status again
 * @param detail one line that says what is wrong
 * @param advice one line that says what to do
 * @param field the member that is wrong, or null
 * @param items ids that the problem is about, or null
 */
public record Problem(String kind, int status, String detail, String advice, String field, List<String> items) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.name(), kind.status(), detail, kind.advice(), null, null);
    }

    public static Problem ofField(String field, String detail) {
        ProblemKind kind = ProblemKind.BAD_REQUEST;
        return new Problem(kind.name(), kind.status(), detail, kind.advice(), field, null);
    }

    public static Problem ofItems(ProblemKind kind, String detail, List<String> items) {
        return new Problem(kind.name(), kind.status(), detail, kind.advice(), null, items);
    }
}
