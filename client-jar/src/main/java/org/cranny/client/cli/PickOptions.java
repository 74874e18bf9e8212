package org.cranny.client.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.restore.Picked;
import picocli.CommandLine.Option;

/** What of a snapshot is brought back ({@code docs/reference/patterns.md}). */
final class PickOptions {
    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Bring back only what fits, for example '*.odt' or /home/*/Documents; may be repeated.")
    private List<String> include = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave out what fits, as in a .gitignore file in the folder /; may be repeated.")
    private List<String> exclude = new ArrayList<>();

    Picked picked() throws IOException {
        return Picked.of(RulesOptions.patterns(include), RulesOptions.patterns(exclude));
    }
}
