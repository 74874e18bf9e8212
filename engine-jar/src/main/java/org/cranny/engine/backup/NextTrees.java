package org.cranny.engine.backup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.engine.walk.Walk;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.snapshot.Manifest;

/** What the tree of the next snapshot can be made of. */
final class NextTrees {
    private static final int LISTERS = 2;
    private static final byte[] SLASH = {'/'};

    private final Source source;
    private final PackSource packs;
    private final Clock clock;

    NextTrees(Source source, PackSource packs, Clock clock) {
        this.source = source;
        this.packs = packs;
        this.clock = clock;
    }

    NextTree ofFileSystem(BackupRequest request, BackupListener listener) {
        return (sink, readers) -> scan(request, sink, readers, listener);
    }

    NextTree ofAdditions(Additions additions, BackupListener listener) {
        return (sink, readers) -> add(additions, sink, readers, listener);
    }

    /** @param octets read once: the tree cannot be made a second time */
    NextTree ofStream(byte[] path, InputStream octets, BackupListener listener) throws IOException {
        Posix posix = Posix.here();
        TakingIn takingIn =
                new TakingIn(octets, new TakingIn.Owner(home(posix), posix.accounts()), clock.instant(), listener);
        return (sink, readers) -> takeIn(takingIn, path, sink, readers);
    }

    private NextTree.Made scan(BackupRequest request, ChunkSink sink, ExecutorService readers, BackupListener listener)
            throws IOException, InterruptedException {
        Posix posix = Posix.here();
        Selection selection = Selection.of(request.paths());
        Stat home = home(posix);
        Filter filter = filter(posix, request.rules(), home, selection);
        try (Walk walk = Walk.open(posix, SLASH, LISTERS, filter);
                ChunkReader nodes = new ChunkReader(source, packs);
                StatCache last = StatCache.open(source.statCache());
                StatCache.Writer next = new StatCache.Writer(source.statCache())) {
            Scan scan = new Scan(new Scan.Tools(
                    posix,
                    walk,
                    source.chunkIds(),
                    FastCdc.of(source.keys()),
                    new LinkGroups(source.keys()),
                    sink,
                    nodes,
                    last,
                    next,
                    readers,
                    filter,
                    home,
                    clock,
                    listener));
            if (listener.wantsTotal() && !tellLastTotal(request, listener)) {
                Census.begin(posix, selection, filter, listener);
            }
            ChunkId root = scan.run(selection);
            if (!request.dryRun()) {
                next.replace();
            }
            return new NextTree.Made(root, scan.totals());
        }
    }

    /** What the last backup of the same paths found is near enough, and costs nothing. */
    private boolean tellLastTotal(BackupRequest request, BackupListener listener) throws IOException {
        Optional<Manifest> last = source.snapshots().newest().map(Snapshot::manifest);
        if (last.isEmpty() || !isOf(request.paths(), last.get())) {
            return false;
        }
        listener.total(last.get().files(), last.get().bytes());
        return true;
    }

    private boolean isOf(List<byte[]> paths, Manifest manifest) {
        try {
            Label label = LabelSeal.open(manifest.label(), source.keys(), manifest.source(), manifest.version());
            return Arrays.deepEquals(label.paths().toArray(), paths.toArray());
        } catch (MalformedException e) {
            return false;
        }
    }

    private NextTree.Made add(Additions additions, ChunkSink sink, ExecutorService readers, BackupListener listener)
            throws IOException, InterruptedException {
        byte[] folder = PathBytes.of(additions.folder().toRealPath());
        try (Walk walk = Walk.open(Posix.here(), folder, 0);
                ChunkReader nodes = new ChunkReader(source, packs)) {
            Adding adding =
                    new Adding(walk, source.chunkIds(), FastCdc.of(source.keys()), sink, nodes, readers, listener);
            ChunkId root = adding.run(source.snapshots().newest(), additions);
            return new NextTree.Made(root, adding.totals());
        }
    }

    private NextTree.Made takeIn(TakingIn takingIn, byte[] path, ChunkSink sink, ExecutorService readers)
            throws IOException, InterruptedException {
        Steps steps = new Steps();
        Cutting cutting = new Cutting(source.chunkIds(), FastCdc.of(source.keys()), sink, readers, steps);
        ChunkId root = takingIn.run(path, cutting, steps, new TreeStore(source.chunkIds(), sink));
        return new NextTree.Made(root, takingIn.totals());
    }

    private Stat home(Posix posix) throws IOException {
        return posix.stat(Posix.CWD, PathBytes.of(source.home().toRealPath()));
    }

    private static Filter filter(Posix posix, Rules rules, Stat home, Selection selection) throws IOException {
        try (Walk walk = Walk.open(posix, SLASH, 0)) {
            return Filter.of(rules, home, selection, walk);
        }
    }
}
