package org.cranny.client.cli;

import java.util.List;
import org.cranny.client.cli.admin.AdminCommand;
import org.cranny.client.report.Screen;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands. Only the one that was typed is made, because making them all costs more than most of them need. */
final class Commands {
    private static final List<Class<?>> ALL = List.of(
            EnrollCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SnapshotsCommand.class,
            LsCommand.class,
            FindCommand.class,
            VersionsCommand.class,
            DiffCommand.class,
            DumpCommand.class,
            RecoverCommand.class,
            CheckCommand.class,
            StatsCommand.class,
            RebuildIndexCommand.class,
            ForgetCommand.class,
            StatusCommand.class,
            MasterFileCommand.class,
            PolicyCommand.class,
            KeysCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            LimitCommand.class,
            HoldCommand.class,
            AgentCommand.class,
            WindowCommand.class,
            RequestCommand.class,
            JoinCommand.class,
            RealmCommand.class,
            KitCommand.class,
            AdminCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            VersionCommand.class,
            WarmUpCommand.class);

    private Commands() {}

    /** Adds the command with which {@code arguments} begin, or all when they begin otherwise. */
    static void add(CommandLine line, String... arguments) {
        List<Class<?>> typed = ALL.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        (typed.isEmpty() ? ALL : typed).forEach(line::addSubcommand);
    }

    /** The whole model, for what is made from it. */
    static CommandLine all(Screen screen) {
        CommandLine line = new CommandLine(new Cranny(screen));
        ALL.forEach(line::addSubcommand);
        return line;
    }

    /** The commands below one that people may know of. */
    static List<CommandLine> below(CommandLine line) {
        return line.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
