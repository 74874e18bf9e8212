package org.cranny.client.desktop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jdk.net.ExtendedSocketOptions;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.report.Counts;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.protocol.octets.PathNotation;

/** The agent of this machine, as its desktop user asks it. A connection for each question. */
public final class DesktopCalls {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final Path file;

    public DesktopCalls(Path file) {
        this.file = file;
    }

    /** What a backup came to. */
    public record Made(long files, long bytes, long storedBytes, long unread) {}

    /** Whether an agent seems to listen there. */
    public boolean there() {
        return Files.exists(file);
    }

    /** Differs whenever {@link #standing} may. */
    public String stamp() throws IOException {
        return ask("stamp").getString("stamp", "");
    }

    public Standing standing() throws IOException {
        return StandingText.standing(ask("standing"));
    }

    public Optional<Keeping> keeping() throws IOException {
        return StandingText.keeping(ask("keeping"));
    }

    /** @param folders absolute, raw octets */
    public void choose(List<byte[]> folders) throws IOException {
        ask(Json.createObjectBuilder()
                .add("ask", "folders")
                .add(
                        "paths",
                        Json.createArrayBuilder(
                                folders.stream().map(PathNotation::of).toList()))
                .build());
    }

    public void pause(Duration length) throws IOException {
        ask(Json.createObjectBuilder()
                .add("ask", "pause")
                .add("seconds", length.toSeconds())
                .build());
    }

    public void goOn() throws IOException {
        ask("resume");
    }

    public void limit(OwnRates.Rates rates) throws IOException {
        ask(Json.createObjectBuilder()
                .add("ask", "limit")
                .add("upload", rates.upload())
                .add("download", rates.download())
                .build());
    }

    public void hold(Map<OwnHolds.Cause, OwnHolds.Answer> answers) throws IOException {
        var question = Json.createObjectBuilder().add("ask", "hold");
        answers.forEach((cause, answer) -> question.add(cause.name(), answer.name()));
        ask(question.build());
    }

    /** Interrupted it hangs up, at which the agent stops. */
    public Made backUp(ProgressListener listener) throws IOException, InterruptedException {
        try {
            JsonObject done =
                    ask(Json.createObjectBuilder().add("ask", "backup").build(), listener);
            return new Made(
                    number(done, "files"), number(done, "bytes"), number(done, "storedBytes"), number(done, "unread"));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("stopped");
        }
    }

    /** Opens the backups as far as they are this user's; to be closed soon, because no backup is made meanwhile. */
    public FilesCall files() throws IOException {
        SocketChannel agent = connected();
        try {
            return new FilesCall(agent);
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private JsonObject ask(String what) throws IOException {
        return ask(Json.createObjectBuilder().add("ask", what).build());
    }

    private JsonObject ask(JsonObject question) throws IOException {
        return ask(question, null);
    }

    private JsonObject ask(JsonObject question, ProgressListener listener) throws IOException {
        try (SocketChannel agent = connected();
                InputStream in = Channels.newInputStream(agent)) {
            new Lines(agent).write(question);
            for (String line = Lines.read(in); line != null; line = Lines.read(in)) {
                JsonObject answer = parsed(line);
                if (answer.containsKey("failed")) {
                    throw new IOException(answer.getString("failed"));
                }
                if (answer.containsKey("done")) {
                    return answer.getJsonObject("done");
                }
                if (listener != null && answer.containsKey("progress")) {
                    tell(answer.getJsonObject("progress"), listener);
                }
            }
        }
        throw hungUp();
    }

    static IOException hungUp() {
        return new IOException("The agent hung up. This user may not be the one whom it answers (CRANNY_OWNER in"
                + " /etc/cranny/agent.conf).");
    }

    /** Nobody but the folder's owner or root can have put the socket there; still it is asked who listens. */
    private SocketChannel connected() throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException e) {
            throw new IOException(
                    "The agent of this machine does not answer at " + file
                            + ". Start it: systemctl start cranny-agent.",
                    e);
        }
        UserPrincipal listener =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!listener.equals(Files.getOwner(file.toAbsolutePath().getParent()))) {
            channel.close();
            throw new IOException("At " + file + " listens " + listener.getName()
                    + ", to whom its folder does not belong. Nothing was asked.");
        }
        return channel;
    }

    static JsonObject parsed(String line) throws IOException {
        try (JsonReader reader = READERS.createReader(new StringReader(line))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            throw new IOException("The agent's answer cannot be read. Its version may be another; restart it.", e);
        }
    }

    private static void tell(JsonObject progress, ProgressListener listener) {
        long left = number(progress, "secondsLeft");
        listener.progress(
                new Counts(
                        number(progress, "files"),
                        number(progress, "filesTotal"),
                        number(progress, "bytes"),
                        number(progress, "bytesTotal"),
                        0,
                        0),
                number(progress, "bytesPerSecond"),
                left < 0 ? OptionalLong.empty() : OptionalLong.of(left));
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name) == null
                ? 0
                : object.getJsonNumber(name).longValue();
    }
}
