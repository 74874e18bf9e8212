package org.cranny.client.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, in the language of man(7), from what {@code --help} is made of. */
final class ManPage {
    private final CommandLine line;
    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    ManPage(CommandLine line) {
        this.line = line;
        this.command = line.getCommandSpec();
    }

    /** For example {@code cranny-admin-jobs}. */
    String name() {
        return command.qualifiedName("-");
    }

    String text() {
        String[] description = command.usageMessage().description();
        String first = description.length == 0 ? "part of cranny" : description[0];
        page.append(".TH \"").append(name()).append("\" 1 \"\" \"Cranny\" \"Cranny\"\n");
        page.append(".nh\n.ad l\n");
        section("Name", name() + " \\- " + escaped(first.replaceFirst("\\.$", "")));
        section("Synopsis", escaped(synopsis()));
        section("Description", Stream.of(description).map(ManPage::escaped).collect(Collectors.joining("\n.PP\n")));
        commands();
        arguments();
        options();
        below();
        return page.toString();
    }

    private String synopsis() {
        Help help = line.getHelp();
        return help.synopsis(0).strip().replaceAll("\\s+", " ");
    }

    private void commands() {
        List<CommandLine> all = line.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
        if (!all.isEmpty()) {
            page.append(".SH COMMANDS\n");
        }
        for (CommandLine each : all) {
            String[] description = each.getCommandSpec().usageMessage().description();
            term(each.getCommandName(), description.length == 0 ? "" : description[0]);
        }
    }

    private void arguments() {
        List<PositionalParamSpec> all = command.positionalParameters();
        if (!all.isEmpty()) {
            page.append(".SH ARGUMENTS\n");
        }
        all.forEach(each -> term(each.paramLabel(), described(each)));
    }

    private void options() {
        List<OptionSpec> all =
                command.options().stream().filter(each -> !each.hidden()).toList();
        if (!all.isEmpty()) {
            page.append(".SH OPTIONS\n");
        }
        for (OptionSpec each : all) {
            String value = each.arity().max() == 0
                    ? ""
                    : each.arity().min() == 0 ? "[=" + each.paramLabel() + "]" : "=" + each.paramLabel();
            term(String.join(", ", each.names()) + value, described(each));
        }
    }

    private void below() {
        String others = Stream.concat(
                        Stream.ofNullable(command.parent()).map(each -> each.qualifiedName("-")),
                        line.getSubcommands().values().stream()
                                .filter(each ->
                                        !each.getCommandSpec().usageMessage().hidden())
                                .map(each -> each.getCommandSpec().qualifiedName("-")))
                .map(each -> "\\fB" + escaped(each) + "\\fR(1)")
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            section("See also", others);
        }
    }

    private static String described(ArgSpec argument) {
        return String.join(" ", argument.description()).replace("%%", "%");
    }

    private void section(String title, String text) {
        page.append(".SH ")
                .append(title.toUpperCase(java.util.Locale.ROOT))
                .append('\n')
                .append(text)
                .append('\n');
    }

    private void term(String term, String text) {
        page.append(".TP\n\\fB")
                .append(escaped(term))
                .append("\\fR\n")
                .append(escaped(text))
                .append('\n');
    }

    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
