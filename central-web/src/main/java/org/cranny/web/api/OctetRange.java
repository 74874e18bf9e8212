package org.cranny.web.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of octets, both ends included; empty when {@code first > last}: nothing of it is there.
 * Forms: {@code bytes=FIRST-LAST}, {@code bytes=FIRST-}, {@code bytes=-LAST_N} (RFC 9110, section 14.1.2).
 */
record OctetRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The range that was asked for of this many octets; none when the header is missing or of a form we do not serve. */
    static Optional<OctetRange> asked(String header, long length) {
        Matcher form = FORM.matcher(header == null ? "" : header.strip());
        if (!form.matches() || form.group(1).isEmpty() && form.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (form.group(1).isEmpty()) {
            return Optional.of(new OctetRange(Math.max(0, length - Long.parseLong(form.group(2))), length - 1));
        }
        long last = form.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(form.group(2)));
        return Optional.of(new OctetRange(Long.parseLong(form.group(1)), last));
    }

    boolean isEmpty() {
        return first > last;
    }

    long count() {
        return last - first + 1;
    }
}
