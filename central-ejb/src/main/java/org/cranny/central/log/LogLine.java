package org.cranny.central.log;

import java.time.Instant;

/** One entry of the log. @param hash of this entry and, through it, of all before */
public record LogLine(
        long sequence, Instant written, String actor, String action, String subject, String detail, String hash) {}
