package org.cranny.client.desktop;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.restore.Handover;
import org.cranny.engine.tree.Entry;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * What of a machine's backups belongs to this user, as the agent reads it, for as long as this is open. The agent is not
 * believed more than it has to be: what it hands over is written by the rules of a restore.
 */
public final class FilesCall implements Closeable {
    private static final int BUFFER = 64 << 10;
    private static final int MOST_OCTETS = 64 << 20;

    private final SocketChannel agent;
    private final InputStream in;
    private final Lines lines;

    private interface Row {
        void take(JsonObject row) throws IOException, MalformedException;
    }

    /** What a file was. @param entry null when there was nothing that belongs to this user */
    public record Past(Standing.Kept first, Standing.Kept last, Entry entry) {}

    FilesCall(SocketChannel agent) throws IOException {
        this.agent = agent;
        in = new BufferedInputStream(Channels.newInputStream(agent), BUFFER);
        lines = new Lines(agent);
        ask(question("files"), row -> {});
    }

    /** What was asked for when a snapshot was made, as far as it is for this user. */
    public List<Found.Hit> tops(String snapshot) throws IOException {
        return hits(question("tops").add("snapshot", snapshot)).hits();
    }

    /** A page of a folder. @param after name that the page before ended with, or null */
    public Found list(String snapshot, byte[] folder, byte[] after) throws IOException {
        JsonObjectBuilder question = question("list").add("snapshot", snapshot).add("path", PathNotation.of(folder));
        return hits(after == null ? question : question.add("after", PathNotation.of(after)));
    }

    /** The first page of what fits. @param pattern of names */
    public Found search(String snapshot, String pattern) throws IOException {
        return hits(question("search").add("snapshot", snapshot).add("name", pattern));
    }

    /** What a path was over all snapshots, oldest first. */
    public List<Past> versions(byte[] path) throws IOException {
        List<Past> versions = new ArrayList<>();
        ask(
                question("versions").add("path", PathNotation.of(path)),
                row -> versions.add(new Past(
                        StandingText.kept(row.getJsonObject("first")),
                        StandingText.kept(row.getJsonObject("last")),
                        row.containsKey("entry") ? EntryText.entry(row.getJsonObject("entry")) : null)));
        return versions;
    }

    /** One snapshot, to be brought back from. */
    public Handover snapshot(String id) {
        return new Handing(id);
    }

    private Found hits(JsonObjectBuilder question) throws IOException {
        List<Found.Hit> hits = new ArrayList<>();
        JsonObject done = ask(
                question,
                row -> hits.add(new Found.Hit(
                        PathNotation.absolute(row.getString("path")), EntryText.entry(row.getJsonObject("entry")))));
        try {
            return new Found(hits, done.containsKey("next") ? PathNotation.octets(done.getString("next")) : null);
        } catch (MalformedException e) {
            throw StandingText.wrong(e);
        }
    }

    private static JsonObjectBuilder question(String ask) {
        return EntryText.JSON.createObjectBuilder().add("ask", ask);
    }

    private JsonObject ask(JsonObjectBuilder question, Row taker) throws IOException {
        lines.write(question.build());
        for (String line = Lines.read(in); line != null; line = Lines.read(in)) {
            JsonObject answer = DesktopCalls.parsed(line);
            if (answer.containsKey("failed")) {
                throw new Handover.BrokenOffException(answer.getString("failed"));
            }
            if (answer.containsKey("done")) {
                return answer.getJsonObject("done");
            }
            try {
                taker.take(answer);
            } catch (MalformedException | RuntimeException e) {
                throw StandingText.wrong(e);
            }
        }
        throw DesktopCalls.hungUp();
    }

    private final class Handing implements Handover {
        private final String snapshot;

        Handing(String snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<Entry> find(byte[] path) throws IOException {
            return hits(question("find").add("snapshot", snapshot).add("path", PathNotation.of(path))).hits().stream()
                    .map(Found.Hit::entry)
                    .findFirst();
        }

        @Override
        public List<Entry> list(byte[] folder, byte[] after) throws IOException {
            return FilesCall.this.list(snapshot, folder, after).hits().stream()
                    .map(Found.Hit::entry)
                    .toList();
        }

        @Override
        public void contents(List<byte[]> paths, ContentSink sink) throws IOException {
            JsonArrayBuilder texts = EntryText.JSON.createArrayBuilder();
            paths.forEach(path -> texts.add(PathNotation.of(path)));
            ask(question("contents").add("snapshot", snapshot).add("paths", texts), row -> pass(row, sink));
        }

        private void pass(JsonObject row, ContentSink sink) throws IOException, MalformedException {
            if (row.containsKey("complete")) {
                sink.complete(PathNotation.absolute(row.getString("complete")));
            } else if (row.containsKey("lost")) {
                sink.failed(PathNotation.absolute(row.getString("lost")), row.getString("reason"));
            } else {
                int length = row.getInt("octets");
                if (length < 0 || length > MOST_OCTETS) {
                    throw new MalformedException("too many octets at once");
                }
                byte[] data = in.readNBytes(length);
                if (data.length < length) {
                    throw DesktopCalls.hungUp();
                }
                sink.octets(
                        PathNotation.absolute(row.getString("path")),
                        row.getJsonNumber("at").longValueExact(),
                        data,
                        0,
                        length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        agent.close();
    }
}
