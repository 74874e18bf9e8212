package org.cranny.client.desktop;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Belongings;
import org.cranny.engine.browse.Found;
import org.cranny.engine.browse.Glob;
import org.cranny.engine.browse.Search;
import org.cranny.engine.browse.Versions;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Entry;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * The backups of this machine, open for one of its users: what belonged to them ({@link Belongings}), to look at and to
 * have back. Content is read as root and written by whoever asked, as the user that they are.
 */
final class OwnFiles implements AutoCloseable {
    private static final int PAGE = 1_000;

    private final Machine machine;
    private final Backups backups;
    private final ChunkReader chunks;
    private final Belongings own;
    private Snapshot last;
    private Backups.Giving giving;

    private OwnFiles(Machine machine, Backups backups, Belongings own) {
        this.machine = machine;
        this.backups = backups;
        this.own = own;
        chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}));
    }

    /** @throws org.cranny.client.home.HomeBusyException while a backup is made */
    static OwnFiles open(Home home, Belongings own) throws IOException {
        Machine machine = Machine.open(home);
        try {
            return new OwnFiles(machine, machine.toRead(), own);
        } catch (IOException | RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    /** Answers one question; rows and content go before the answer itself. */
    JsonObject done(JsonObject question, Lines lines) throws IOException {
        String ask = question.getString("ask", "");
        switch (ask) {
            case "tops" -> {
                return rows(tops(snapshot(question)), lines);
            }
            case "find" -> {
                byte[] path = path(question.getString("path"));
                Optional<Entry> found = own.find(tree(question), path);
                return rows(
                        new Found(
                                found.stream()
                                        .map(entry -> new Found.Hit(path, entry))
                                        .toList(),
                                null),
                        lines);
            }
            case "list" -> {
                byte[] after = question.containsKey("after") ? octets(question.getString("after")) : null;
                return rows(own.list(tree(question), path(question.getString("path")), after, PAGE), lines);
            }
            case "search" -> {
                Glob name = new Glob(question.getString("name").getBytes(StandardCharsets.UTF_8));
                Search.Query query = new Search.Query(name, Long.MIN_VALUE, Long.MAX_VALUE);
                return rows(own.search(tree(question), query, null, PAGE), lines);
            }
            case "versions" -> {
                return versions(path(question.getString("path")), lines);
            }
            case "contents" -> {
                return contents(question, lines);
            }
            default -> throw new IOException("This agent does not know what '" + ask + "' is. Upgrade it.");
        }
    }

    /** The one that was asked for last is kept: a restore asks for one snapshot, folder after folder. */
    private Snapshot snapshot(JsonObject question) throws IOException {
        String id = question.getString("snapshot");
        if (last == null || !last.id().equals(id)) {
            last = backups.source().snapshots().find(id);
        }
        return last;
    }

    private SnapshotTree tree(JsonObject question) throws IOException {
        return new SnapshotTree(snapshot(question), chunks);
    }

    private Found tops(Snapshot snapshot) throws IOException {
        SnapshotTree tree = new SnapshotTree(snapshot, chunks);
        List<Found.Hit> hits = new ArrayList<>();
        for (byte[] root : machine.label(snapshot).paths()) {
            own.find(tree, root).ifPresent(entry -> hits.add(new Found.Hit(root, entry)));
        }
        return hits.isEmpty() ? own.list(tree, new byte[] {'/'}, null, PAGE) : new Found(hits, null);
    }

    private static JsonObject rows(Found found, Lines lines) throws IOException {
        for (Found.Hit hit : found.hits()) {
            lines.write(EntryText.JSON
                    .createObjectBuilder()
                    .add("path", PathNotation.of(hit.path()))
                    .add("entry", EntryText.of(hit.entry()))
                    .build());
        }
        JsonObjectBuilder done = EntryText.JSON.createObjectBuilder();
        return found.next() == null
                ? done.build()
                : done.add("next", PathNotation.of(found.next())).build();
    }

    private JsonObject versions(byte[] path, Lines lines) throws IOException {
        for (Versions.Version version : own.versions(machine.snapshots().kept(), path, chunks)) {
            JsonObjectBuilder row = EntryText.JSON
                    .createObjectBuilder()
                    .add("first", StandingText.of(Standing.Kept.of(version.first())))
                    .add("last", StandingText.of(Standing.Kept.of(version.last())));
            if (version.entry() != null) {
                row.add("entry", EntryText.of(version.entry()));
            }
            lines.write(row.build());
        }
        return JsonObject.EMPTY_JSON_OBJECT;
    }

    private JsonObject contents(JsonObject question, Lines lines) throws IOException {
        Snapshot snapshot = snapshot(question);
        SnapshotTree tree = new SnapshotTree(snapshot, chunks);
        List<byte[]> paths = new ArrayList<>();
        for (JsonString text : question.getJsonArray("paths").getValuesAs(JsonString.class)) {
            byte[] path = path(text.getString());
            if (!own.isFile(tree, path)) {
                throw new IOException("The snapshot has no file " + text.getString() + " of yours.");
            }
            paths.add(path);
        }
        if (paths.isEmpty()) {
            return JsonObject.EMPTY_JSON_OBJECT;
        }
        if (giving != null && !giving.snapshot().equals(snapshot)) {
            giving.close();
            giving = null;
        }
        if (giving == null) {
            giving = backups.give(snapshot);
        }
        giving.contents(paths, new Sending(lines));
        return JsonObject.EMPTY_JSON_OBJECT;
    }

    private record Sending(Lines lines) implements ContentSink {
        @Override
        public void octets(byte[] path, long offset, byte[] data, int from, int length) throws IOException {
            JsonObject head = EntryText.JSON
                    .createObjectBuilder()
                    .add("path", PathNotation.of(path))
                    .add("at", offset)
                    .add("octets", length)
                    .build();
            lines.write(head, data, from, length);
        }

        @Override
        public void complete(byte[] path) throws IOException {
            lines.write(EntryText.JSON
                    .createObjectBuilder()
                    .add("complete", PathNotation.of(path))
                    .build());
        }

        @Override
        public void failed(byte[] path, String reason) throws IOException {
            lines.write(EntryText.JSON
                    .createObjectBuilder()
                    .add("lost", PathNotation.of(path))
                    .add("reason", String.valueOf(reason))
                    .build());
        }
    }

    private static byte[] path(String text) throws IOException {
        try {
            return PathNotation.absolute(text);
        } catch (MalformedException e) {
            throw new IOException("A path cannot be meant: " + e.getMessage() + ".", e);
        }
    }

    private static byte[] octets(String text) throws IOException {
        try {
            return PathNotation.octets(text);
        } catch (MalformedException e) {
            throw new IOException("A name cannot be meant: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (machine;
                backups;
                chunks) {
            if (giving != null) {
                giving.close();
                backups.tell();
            }
        }
    }
}
