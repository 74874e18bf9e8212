package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.client.report.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is made from the model of the commands: completions and manual pages. */
class ShellsTest {
    @TempDir
    Path folder;

    @Test
    void bashReadsTheCompletionAndCompletesACommand() throws Exception {
        Path script = Files.writeString(folder.resolve("cranny.bash"), printed("completion", "bash"));
        assertEquals(
                "snapshots",
                bash(". '" + script + "'; COMP_WORDS=(cranny snaps); COMP_CWORD=1;"
                        + " _complete_cranny; echo ${COMPREPLY[@]}"));
        assertTrue(printed("completion", "zsh").contains("bashcompinit"));
    }

    @Test
    void fishHearsOfEveryCommandAndOption() {
        String script = printed("completion", "fish");
        assertTrue(script.contains("complete -c cranny -n 'not __fish_seen_subcommand_from enroll "), script);
        assertTrue(script.contains("-n '__fish_seen_subcommand_from restore' -l include -r -d '"), script);
        assertTrue(script.lines()
                .allMatch(line -> line.chars().filter(each -> each == '\'').count() % 2 == 0 || line.contains("\\'")));
    }

    @Test
    void everyCommandHasAManualPage() throws IOException {
        printed("man", folder.toString());
        assertEquals(commands(Commands.all(screen(new ByteArrayOutputStream()))), pages());
        String page = Files.readString(folder.resolve("cranny-restore.1"));
        assertTrue(page.startsWith(".TH \"cranny-restore\" 1"), page);
        assertTrue(page.contains("\\fB\\-\\-overwrite[=WHEN]\\fR"), page);
        assertTrue(Files.exists(folder.resolve("cranny-admin-jobs.1")));
    }

    private long pages() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }

    private static long commands(CommandLine line) {
        return 1
                + line.getSubcommands().values().stream()
                        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                        .mapToLong(ShellsTest::commands)
                        .sum();
    }

    private static String printed(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = screen(out);
        assertEquals(0, Main.run(screen, new Interruption(screen), arguments), () -> List.of(arguments) + ": " + out);
        screen.out().flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Screen screen(ByteArrayOutputStream out) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Screen(stream, stream, false, 80);
    }

    private static String bash(String commands) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said.strip();
    }
}
