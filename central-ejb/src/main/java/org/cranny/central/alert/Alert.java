package org.cranny.central.alert;

import java.time.Instant;

/**
 * One thing that is wrong, or was.
 *
 * @param subject with whom: {@code system 7}, {@code host 3}, {@code central}
 * @param name of the machine, as people call it
 * @param detail one line
 * @param since when it began, as far as central knows
 * @param raised when central noticed
 * @param resolved when it was over, null while it lasts
 * @param acknowledged when somebody took it on, null when nobody did
 */
public record Alert(
        long id,
        AlertKind kind,
        String subject,
        String name,
        String detail,
        AlertState state,
        Instant since,
        Instant raised,
        Instant resolved,
        Instant acknowledged,
        String acknowledgedBy) {}
