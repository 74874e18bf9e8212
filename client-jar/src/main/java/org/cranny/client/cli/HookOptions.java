package org.cranny.client.cli;

import java.time.Duration;
import java.util.Optional;
import org.cranny.client.hook.Hook;
import org.cranny.client.hook.Hooks;
import picocli.CommandLine.Option;

/** Commands before and after a backup ({@code docs/reference/hooks.md}). */
final class HookOptions {
    @Option(
            names = "--pre-hook",
            paramLabel = "COMMAND",
            description = "Run this first; nothing is backed up when it fails. No shell reads it.")
    private String before;

    @Option(
            names = "--post-hook",
            paramLabel = "COMMAND",
            description = "Run this last, whatever came of the backup; $CRANNY_RESULT tells it.")
    private String after;

    @Option(
            names = "--hook-failure",
            paramLabel = "WHAT",
            description = "What a hook that fails does: stop (default) or go-on.")
    private String failure = "stop";

    @Option(
            names = "--hook-timeout",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "End a hook that runs for longer (default: 10m).")
    private Duration limit = Hook.USUAL_LIMIT;

    Hooks hooks() {
        if (!failure.equals("stop") && !failure.equals("go-on")) {
            throw new WrongUseException("--hook-failure is '" + failure + "'. Say stop or go-on.");
        }
        return new Hooks(hook("--pre-hook", before), hook("--post-hook", after), failure.equals("go-on"));
    }

    private Optional<Hook> hook(String option, String typed) {
        if (typed == null) {
            return Optional.empty();
        }
        var words = CommandWords.of(typed);
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw new WrongUseException(
                    option + " names no program. Write for example '/usr/local/bin/dump.sh --all'.");
        }
        return Optional.of(new Hook(words, limit));
    }
}
