package org.cranny.daemon.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * The part of a fragment that is asked for (RFC 9110, section 14): one range of octets; what is no range of octets,
 * or more than one, counts as not asked.
 *
 * @param first position of the first octet
 * @param count octets
 * @param whole whether no range was asked for
 */
record ByteRange(long first, long count, boolean whole) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** @throws ProblemException with status 416 when the range lies outside */
    static ByteRange of(String header, long length) {
        Matcher range = ONE.matcher(header == null ? "" : header.strip());
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return new ByteRange(0, length, true);
        }
        return range.group(1).isEmpty()
                ? ending(Long.parseLong(range.group(2)), length)
                : from(Long.parseLong(range.group(1)), range.group(2), length);
    }

    String contentRange(long length) {
        return "bytes " + first + "-" + (first + count - 1) + "/" + length;
    }

    private static ByteRange ending(long octets, long length) {
        long count = Math.min(octets, length);
        return checked(length - count, count, length);
    }

    private static ByteRange from(long first, String last, long length) {
        if (last.isEmpty()) {
            return checked(first, length - first, length);
        }
        long end = Long.parseLong(last);
        if (end < first) {
            return new ByteRange(0, length, true);
        }
        return checked(first, Math.min(end, length - 1) - first + 1, length);
    }

    private static ByteRange checked(long first, long count, long length) {
        if (count < 1) {
            Problem problem = Problem.of(ProblemKind.BAD_REQUEST, "the range lies outside of " + length + " octets");
            throw new ProblemException(
                    new Problem(problem.kind(), 416, problem.detail(), problem.advice(), "Range", null));
        }
        return new ByteRange(first, count, false);
    }
}
