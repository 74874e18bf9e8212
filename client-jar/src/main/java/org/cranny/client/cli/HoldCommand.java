package org.cranny.client.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnHolds.Answer;
import org.cranny.client.owner.OwnHolds.Cause;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "hold",
        description = "Say what planned backups wait for; without options, show it. WORD is go, wait (until the newest"
                + " backup is three days old) or never.")
final class HoldCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Option(
            names = "--on-battery",
            paramLabel = "WORD",
            converter = Word.class,
            description = "While the machine runs on its battery (default: wait); a policy comes first.")
    private Answer battery;

    @Option(
            names = "--on-metered",
            paramLabel = "WORD",
            converter = Word.class,
            description = "While the connection is paid by amount (default: wait).")
    private Answer metered;

    @Option(
            names = "--in-use",
            paramLabel = "WORD",
            converter = Word.class,
            description = "While somebody works at the machine (default: go).")
    private Answer inUse;

    @Override
    public Integer call() throws IOException {
        Home home = cranny.home();
        home.configuration();
        OwnHolds own = new OwnHolds(home);
        Map<Cause, Answer> answers = own.kept();
        if (battery != null || metered != null || inUse != null) {
            put(answers, Cause.BATTERY, battery);
            put(answers, Cause.METERED, metered);
            put(answers, Cause.IN_USE, inUse);
            own.keep(answers);
        }
        if (cranny.json()) {
            JsonLine line = JsonLine.of("hold");
            answers.forEach((cause, answer) ->
                    line.add(cause == Cause.IN_USE ? "inUse" : cause.name().toLowerCase(Locale.ROOT), answer.name()));
            cranny.screen().line(line.toString());
        } else {
            cranny.screen().line("On battery, planned backups " + words(answers.get(Cause.BATTERY)) + ".");
            cranny.screen().line("On a connection paid by amount, they " + words(answers.get(Cause.METERED)) + ".");
            cranny.screen().line("While somebody works here, they " + words(answers.get(Cause.IN_USE)) + ".");
        }
        return ExitCode.DONE.number();
    }

    private static void put(Map<Cause, Answer> answers, Cause cause, Answer typed) {
        if (typed != null) {
            answers.put(cause, typed);
        }
    }

    private static String words(Answer answer) {
        return switch (answer) {
            case GO -> "begin as planned";
            case WAIT -> "wait until the newest one is three days old";
            case NEVER -> "wait however long it takes";
        };
    }

    /** {@code go}, {@code wait}, {@code never}. */
    static final class Word implements ITypeConverter<Answer> {
        @Override
        public Answer convert(String typed) {
            try {
                return Answer.valueOf(typed.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + typed + "' is none of go, wait and never");
            }
        }
    }
}
