package org.cranny.client.hook;

import java.time.Duration;
import java.util.List;

/**
 * A command of the user, run as it stands: no shell reads it unless the user writes one.
 *
 * @param command the program and its arguments
 * @param limit how long it may run before it is ended
 */
public record Hook(List<String> command, Duration limit) {
    /** Unless somebody says otherwise. */
    public static final Duration USUAL_LIMIT = Duration.ofMinutes(10);

    public Hook {
        command = List.copyOf(command);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("a hook names a program");
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a hook has some time");
        }
    }

    @Override
    public String toString() {
        return command.get(0);
    }
}
