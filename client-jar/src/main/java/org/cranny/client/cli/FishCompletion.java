package org.cranny.client.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What fish completes: one line a command and one an option, with its description. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion fish = new FishCompletion();
        fish.script.append("complete -c cranny -e\n");
        fish.command(root, List.of());
        return fish.script.toString();
    }

    /** @param before the commands that lead here */
    private void command(CommandLine line, List<String> before) {
        List<String> names = line.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .map(CommandLine::getCommandName)
                .distinct()
                .toList();
        for (String name : names) {
            CommandLine below = line.getSubcommands().get(name);
            this.line(
                    before,
                    names,
                    " -f -a " + name,
                    description(below.getCommandSpec().usageMessage().description()));
        }
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.hidden()) {
                this.line(before, List.of(), words(option), description(option.description()));
            }
        }
        for (String name : names) {
            List<String> path = new java.util.ArrayList<>(before);
            path.add(name);
            command(line.getSubcommands().get(name), path);
        }
    }

    private void line(List<String> before, List<String> notAfter, String what, String description) {
        StringBuilder condition = new StringBuilder();
        before.forEach(each ->
                condition.append("__fish_seen_subcommand_from ").append(each).append("; and "));
        if (!notAfter.isEmpty()) {
            condition.append("not __fish_seen_subcommand_from ").append(String.join(" ", notAfter));
        }
        String when = condition.toString().replaceFirst("; and $", "");
        script.append("complete -c cranny");
        if (!when.isEmpty()) {
            script.append(" -n ").append(quoted(when));
        }
        script.append(what).append(" -d ").append(quoted(description)).append('\n');
    }

    private static String words(OptionSpec option) {
        StringBuilder words = new StringBuilder();
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return option.arity().max() > 0 ? words.append(" -r").toString() : words.toString();
    }

    private static String description(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replace("%%", "%");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
