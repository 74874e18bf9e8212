package org.cranny.engine.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.Manifest;
import org.junit.jupiter.api.Test;

class BrowseTest {
    private final Map<ChunkId, byte[]> nodes = new HashMap<>();
    private final Map<String, Long> owners = new HashMap<>();
    private int loads;
    private final NodeSource source = id -> {
        loads++;
        return nodes.get(id);
    };

    @Test
    void pagesOfAnyLengthShowEveryEntryOnceInOrder() throws IOException {
        SnapshotTree tree = tree(1, "a=1", "b/x=2", "b/y/z=3", "b/y/zz=4", "c=5", "b.txt=6");
        List<String> all = search(tree, "/", "*", 100);
        assertEquals(List.of("/a", "/b", "/b/x", "/b/y", "/b/y/z", "/b/y/zz", "/b.txt", "/c"), all);
        for (int page = 1; page < 9; page++) {
            assertEquals(all, search(tree, "/", "*", page), "pages of " + page);
        }
        assertEquals(List.of("/b/x", "/b/y", "/b/y/z", "/b/y/zz"), search(tree, "/b", "*", 1));
        assertEquals(List.of("/b/y/z", "/b/y/zz"), search(tree, "/", "z*", 1));
        assertThrows(NoSuchEntryException.class, () -> search(tree, "/nothing", "*", 1));
    }

    @Test
    void differencesArePagedAndEqualFoldersAreNotLookedInto() throws IOException {
        SnapshotTree before = tree(1, "a=1", "big/1=1", "big/2=1", "b/x=2", "gone/1=1", "kind=7");
        SnapshotTree after = tree(2, "a=9", "big/1=1", "big/2=1", "b/x=2", "b/new=3", "kind/now/folder=7");
        List<String> expected = List.of(
                "CHANGED /a",
                "ADDED /b/new",
                "REMOVED /gone",
                "REMOVED /gone/1",
                "CHANGED /kind",
                "ADDED /kind/now",
                "ADDED /kind/now/folder");
        for (int page = 1; page < 9; page++) {
            assertEquals(expected, diff(before, after, page), "pages of " + page);
        }
        loads = 0;
        assertEquals(List.of(), diff(before, before, 10));
        assertEquals(0, loads);
    }

    @Test
    void versionsAreStretchesOfEqualEntries() throws IOException {
        List<Snapshot> snapshots = List.of(
                snapshot(1, root("a=1")),
                snapshot(2, root("a=1", "f=1")),
                snapshot(3, root("a=2", "f=1")),
                snapshot(4, root("f=2")),
                snapshot(5, root("a=2")));
        List<Versions.Version> versions = Versions.of(snapshots, octets("/f"), source);
        assertEquals(3, versions.size());
        assertEquals(2, versions.get(0).first().manifest().version());
        assertEquals(3, versions.get(0).last().manifest().version());
        assertEquals(4, versions.get(1).first().manifest().version());
        assertNull(versions.get(2).entry());
        assertEquals(List.of(), Versions.of(snapshots, octets("/never"), source));
    }

    @Test
    void aUserSeesWhatBelongedToThemAndTheWayThere() throws IOException {
        owners.putAll(Map.of("ann", 1000L, "letter", 1000L, "lent", 1000L, "bob", 1001L, "diary", 1001L));
        SnapshotTree tree = tree(
                1, "home/ann/letter=1", "home/ann/diary=2", "home/bob/diary=3", "home/bob/in/lent=4", "etc/shadow=5");
        Belongings ann = new Belongings(1000);
        assertEquals(List.of("/home"), list(ann, tree, "/"));
        assertEquals(List.of("/home/ann", "/home/bob"), list(ann, tree, "/home"));
        assertEquals(List.of("/home/ann/letter"), list(ann, tree, "/home/ann"));
        assertEquals(List.of("/home/bob/in"), list(ann, tree, "/home/bob"));
        Entry way = ann.find(tree, octets("/home/bob")).orElseThrow();
        assertEquals(Attributes.HIDDEN, way.attributes());
        assertEquals(
                new Thing.Directory(ChunkId.of(new byte[32])), way.thing(), "not even when something changed in there");
        assertEquals(
                1000,
                ann.find(tree, octets("/home/ann")).orElseThrow().attributes().uid());
        assertEquals(Optional.empty(), ann.find(tree, octets("/home/bob/diary")));
        assertEquals(Optional.empty(), ann.find(tree, octets("/etc")));
        IOException refused = assertThrows(NoSuchEntryException.class, () -> list(ann, tree, "/etc"));
        IOException missing = assertThrows(NoSuchEntryException.class, () -> list(ann, tree, "/no"));
        assertEquals(refused.getMessage().replace("/etc", "/no"), missing.getMessage());
        assertTrue(ann.isFile(tree, octets("/home/bob/in/lent")));
        assertFalse(ann.isFile(tree, octets("/home/ann/diary")));
        assertFalse(ann.isFile(tree, octets("/home/ann")));
        Search.Query everything = new Search.Query(new Glob(octets("*")), Long.MIN_VALUE, Long.MAX_VALUE);
        assertEquals(
                List.of("/home/ann", "/home/ann/letter", "/home/bob/in/lent"),
                paths(ann.search(tree, everything, null, 10)));
        Found first = ann.search(tree, everything, null, 2);
        assertEquals(List.of("/home/bob/in/lent"), paths(ann.search(tree, everything, first.next(), 2)));
        assertEquals(List.of(), list(new Belongings(7), tree, "/"));
    }

    @Test
    void whoDidNotOwnAVersionDoesNotSeeIt() throws IOException {
        Snapshot others = snapshot(1, root("f=1"));
        owners.put("f", 1000L);
        Snapshot first = snapshot(2, root("f=1"));
        Snapshot second = snapshot(3, root("f=2"));
        owners.put("f", 1001L);
        List<Snapshot> all = List.of(others, first, second, snapshot(4, root("f=2")), snapshot(5, root("f=3")));
        List<Versions.Version> versions = new Belongings(1000).versions(all, octets("/f"), source);
        assertEquals(
                List.of(2L, 3L, 4L),
                versions.stream().map(each -> each.first().manifest().version()).toList());
        assertNull(versions.get(2).entry());
        assertEquals(5, versions.get(2).last().manifest().version());
    }

    @Test
    void anEqualFolderIsLookedThroughOnce() throws IOException {
        owners.put("ann", 1000L);
        Belongings ann = new Belongings(1000);
        list(ann, tree(1, "usr/a/b/c=1", "ann/x=1"), "/");
        SnapshotTree next = tree(2, "usr/a/b/c=1", "ann/x=2");
        loads = 0;
        assertEquals(List.of("/ann"), paths(ann.list(next, octets("/"), null, 100)));
        assertEquals(1, loads, "the root alone");
    }

    private static List<String> list(Belongings own, SnapshotTree tree, String folder) throws IOException {
        List<String> all = paths(own.list(tree, octets(folder), null, 100));
        List<String> paged = new ArrayList<>();
        byte[] after = null;
        do {
            Found page = own.list(tree, octets(folder), after, 1);
            paged.addAll(paths(page));
            after = page.next();
        } while (after != null);
        assertEquals(all, paged);
        return all;
    }

    private static List<String> paths(Found found) {
        return found.hits().stream()
                .map(hit -> new String(hit.path(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> search(SnapshotTree tree, String folder, String name, int limit) throws IOException {
        Search.Query query = new Search.Query(new Glob(octets(name)), Long.MIN_VALUE, Long.MAX_VALUE);
        List<String> paths = new ArrayList<>();
        byte[] after = null;
        do {
            Found page = Search.search(tree, octets(folder), query, after, limit);
            page.hits().forEach(hit -> paths.add(new String(hit.path(), StandardCharsets.UTF_8)));
            after = page.next();
        } while (after != null);
        return paths;
    }

    private static List<String> diff(SnapshotTree from, SnapshotTree to, int limit) throws IOException {
        List<String> changes = new ArrayList<>();
        byte[] after = null;
        do {
            Difference.Page page = Difference.between(from, to, octets("/"), after, limit);
            page.changes()
                    .forEach(change ->
                            changes.add(change.kind() + " " + new String(change.path(), StandardCharsets.UTF_8)));
            after = page.next();
        } while (after != null);
        return changes;
    }

    private SnapshotTree tree(long version, String... files) throws IOException {
        return new SnapshotTree(snapshot(version, root(files)), source);
    }

    private static Snapshot snapshot(long version, ChunkId root) {
        Manifest manifest = new Manifest(
                new SystemId(new RealmId("0123456789abcdef"), 17),
                version,
                0,
                new byte[32],
                Instant.EPOCH,
                Instant.EPOCH,
                root.bytes(),
                0,
                0,
                0,
                List.of(),
                List.of(),
                new byte[0]);
        return new Snapshot("0".repeat(63) + version, manifest, null, null);
    }

    /** Files as {@code path=content}, the content one digit. */
    private ChunkId root(String... files) throws IOException {
        TreeMap<String, Object> root = new TreeMap<>();
        for (String file : files) {
            String[] parts = file.split("=");
            put(root, parts[0].split("/"), 0, Integer.parseInt(parts[1]));
        }
        return store(root);
    }

    @SuppressWarnings("unchecked")
    private static void put(TreeMap<String, Object> folder, String[] names, int at, int content) {
        if (at == names.length - 1) {
            folder.put(names[at], content);
        } else {
            put(
                    (TreeMap<String, Object>) folder.computeIfAbsent(names[at], name -> new TreeMap<String, Object>()),
                    names,
                    at + 1,
                    content);
        }
    }

    @SuppressWarnings("unchecked")
    private ChunkId store(TreeMap<String, Object> folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, Object> each : folder.entrySet()) {
            Thing thing = each.getValue() instanceof TreeMap<?, ?> inner
                    ? new Thing.Directory(store((TreeMap<String, Object>) inner))
                    : file((Integer) each.getValue());
            entries.add(new Entry(octets(each.getKey()), attributes(each.getKey()), thing, 0));
        }
        return Nodes.encode(entries, node -> {
            ChunkId id = ChunkId.of(sha256(node));
            nodes.put(id, node);
            return id;
        });
    }

    private static Thing file(int content) {
        byte[] id = new byte[32];
        id[0] = (byte) content;
        return new Thing.File(1, new Content.Inline(List.of(new ChunkRef(ChunkId.of(id), 1))), DataMap.DENSE);
    }

    private Attributes attributes(String name) {
        return new Attributes(0644, owners.getOrDefault(name, 0L), 0, "", "", 0, 0, List.of());
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
