package org.cranny.client.desktop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.Errand;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.power.Power;
import org.cranny.client.report.Counts;
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.selection.ChosenFolders;
import org.cranny.client.selection.ExactPaths;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.browse.Belongings;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * What the desktop user may ask the agent: how backups stand, a backup now, a pause, limits, which of their own folders
 * are backed up, and what of the backups belongs to them ({@link OwnFiles}). No name and no content of a file of others,
 * and no key, goes through here.
 */
public final class DesktopAnswers {
    private static final long PATIENCE_SECONDS = 20;

    private final Home home;
    private final Clock clock;
    private final ToIntFunction<Throwable> exitCode;
    private final Function<Throwable, String> line;
    private final Map<Long, Belongings> belongings = new ConcurrentHashMap<>();
    private final Lock reading = new ReentrantLock();
    private volatile boolean backingUp;

    /** @param exitCode what hooks are told of a failure @param line what people are told of one */
    public DesktopAnswers(Home home, Clock clock, ToIntFunction<Throwable> exitCode, Function<Throwable, String> line) {
        this.home = home;
        this.clock = clock;
        this.exitCode = exitCode;
        this.line = line;
    }

    void answer(Questions questions, UserPrincipal user, Lines lines) throws IOException {
        String first = questions.next();
        if (first == null) {
            return;
        }
        answer(lines, () -> {
            JsonObject question = parsed(first);
            if (question.getString("ask", "").equals("files")) {
                lend(user, questions, lines);
                return null;
            }
            return done(question, user, lines);
        });
    }

    private interface Answer {
        /** @return null when nothing is to be said any more */
        JsonObject make() throws IOException, InterruptedException;
    }

    private void answer(Lines lines, Answer answer) throws IOException {
        JsonObject said;
        try {
            JsonObject done = answer.make();
            if (done == null) {
                return;
            }
            said = Json.createObjectBuilder().add("done", done).build();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            said = Json.createObjectBuilder()
                    .add("failed", String.valueOf(line.apply(failed)))
                    .build();
        }
        lines.write(said);
    }

    /** Reads for a user until they hang up. A process takes a home's lock once, so there is one reader at a time. */
    private void lend(UserPrincipal user, Questions questions, Lines lines) throws IOException, InterruptedException {
        Belongings own = belongings.computeIfAbsent(uid(user), Belongings::new);
        if (!reading.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("Another window is reading this machine's backups. Wait for it to end, or close it.");
        }
        try (OwnFiles files = OwnFiles.open(home, own)) {
            try {
                answer(lines, () -> JsonObject.EMPTY_JSON_OBJECT);
                for (String next = questions.next(); next != null; next = questions.next()) {
                    String question = next;
                    answer(lines, () -> files.done(parsed(question), lines));
                }
            } finally {
                questions.end();
            }
        } finally {
            reading.unlock();
        }
    }

    /** The kernel's number of a user, who has a name where this machine knows one. */
    private static long uid(UserPrincipal user) throws IOException {
        OptionalLong known = Posix.here().accounts().uid(user.getName());
        if (known.isPresent()) {
            return known.getAsLong();
        }
        try {
            return Long.parseLong(user.getName());
        } catch (NumberFormatException e) {
            throw new IOException("Nobody knows the number of the user " + user.getName() + ".", e);
        }
    }

    static JsonObject parsed(String question) throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(String.valueOf(question)))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            throw new IOException("The agent was asked something that is no object in JSON.", e);
        }
    }

    private JsonObject done(JsonObject question, UserPrincipal user, Lines lines)
            throws IOException, InterruptedException {
        String ask = question.getString("ask", "");
        switch (ask) {
            case "stamp" -> {
                return Json.createObjectBuilder()
                        .add("stamp", Standing.stamp(home, clock))
                        .build();
            }
            case "standing" -> {
                return standing();
            }
            case "keeping" -> {
                try (Machine machine = Machine.open(home)) {
                    return StandingText.of(Keeping.of(machine));
                }
            }
            case "backup" -> {
                return backUp(lines);
            }
            case "folders" -> choose(paths(question), user);
            case "pause" ->
                new OwnPause(home, clock)
                        .begin(Duration.ofSeconds(
                                question.getJsonNumber("seconds").longValue()));
            case "resume" -> new OwnPause(home, clock).end();
            case "limit" ->
                new OwnRates(home)
                        .keep(new OwnRates.Rates(
                                question.getJsonNumber("upload").longValue(),
                                question.getJsonNumber("download").longValue()));
            case "hold" -> new OwnHolds(home).keep(holds(question));
            default -> throw new IOException("This agent does not know what '" + ask + "' is. Upgrade it.");
        }
        return JsonObject.EMPTY_JSON_OBJECT;
    }

    private JsonObject standing() throws IOException {
        try (Machine machine = Machine.open(home)) {
            return StandingText.of(Standing.of(machine, home.changer().filter(work -> !backingUp), clock));
        }
    }

    private static Map<OwnHolds.Cause, OwnHolds.Answer> holds(JsonObject question) {
        Map<OwnHolds.Cause, OwnHolds.Answer> answers = new EnumMap<>(OwnHolds.Cause.class);
        for (OwnHolds.Cause cause : OwnHolds.Cause.values()) {
            answers.put(cause, OwnHolds.Answer.valueOf(question.getString(cause.name())));
        }
        return answers;
    }

    private static List<byte[]> paths(JsonObject question) throws IOException {
        List<byte[]> paths = new ArrayList<>();
        try {
            for (JsonString path : question.getJsonArray("paths").getValuesAs(JsonString.class)) {
                paths.add(PathNotation.absolute(path.getString()));
            }
        } catch (MalformedException e) {
            throw new IOException("A folder cannot be meant: " + e.getMessage() + ".", e);
        }
        return paths;
    }

    /** Folders of others are neither added nor taken away. */
    private void choose(List<byte[]> wanted, UserPrincipal user) throws IOException {
        List<byte[]> before;
        try (Machine machine = Machine.open(home)) {
            before = UsualBackup.atHand(machine).paths();
        }
        for (byte[] path : wanted) {
            if (!has(before, path) && !owns(user, path)) {
                throw new IOException(PathBytes.printable(path) + " is not yours. Add folders of your own.");
            }
        }
        for (byte[] path : before) {
            if (!has(wanted, path) && !owns(user, path) && Files.exists(PathBytes.toPath(path))) {
                throw new IOException(
                        PathBytes.printable(path) + " is not yours. Your administrator can take it away.");
            }
        }
        ExactPaths exact = new ExactPaths();
        new ChosenFolders(home).keep(wanted.stream().map(exact::of).toList());
    }

    private static boolean has(List<byte[]> paths, byte[] path) {
        return paths.stream().anyMatch(each -> Arrays.equals(each, path));
    }

    private static boolean owns(UserPrincipal user, byte[] path) {
        try {
            Path folder = PathBytes.toPath(path);
            return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException notThere) {
            return false;
        }
    }

    private JsonObject backUp(Lines lines) throws IOException, InterruptedException {
        try (Machine machine = Machine.open(home);
                Progress progress = Progress.to(new Telling(lines))) {
            Errand errand = UsualBackup.newest(machine).errand(clock);
            if (errand.objection(Power.now()).isPresent()) {
                throw new IOException(
                        errand.objection(Power.now()).get() + " Nothing was done; plug it in, or try again later.");
            }
            backingUp = true;
            BackupOutcome outcome = errand.run(
                            machine,
                            new Errand.Ears(
                                    new Listening.ToBackup(progress),
                                    (host, pack, reason) -> progress.warning(host.name(), reason),
                                    progress::notice),
                            exitCode)
                    .outcome();
            return Json.createObjectBuilder()
                    .add("files", outcome.files())
                    .add("bytes", outcome.bytes())
                    .add("storedBytes", outcome.storedBytes())
                    .add("unread", outcome.unread())
                    .build();
        } finally {
            backingUp = false;
        }
    }

    /** Progress as lines. Whoever does not read any more hung up, which stops the work. */
    private record Telling(Lines lines) implements ProgressListener {
        @Override
        public void progress(Counts counts, long bytesPerSecond, OptionalLong secondsLeft) {
            write(Json.createObjectBuilder()
                    .add("files", counts.files())
                    .add("filesTotal", counts.filesTotal())
                    .add("bytes", counts.bytes())
                    .add("bytesTotal", counts.bytesTotal())
                    .add("bytesPerSecond", bytesPerSecond)
                    .add("secondsLeft", secondsLeft.orElse(-1))
                    .build());
        }

        @Override
        public void warning(String path, String reason) {
            // How many there were is said at the end; names of files of others are nobody's business.
        }

        @Override
        public void notice(String text) {
            // What hosts do among themselves is no matter of an owner.
        }

        private void write(JsonObject progress) {
            try {
                lines.write(Json.createObjectBuilder().add("progress", progress).build());
            } catch (IOException hungUp) {
                // The thread that listens notices it too.
            }
        }
    }
}
