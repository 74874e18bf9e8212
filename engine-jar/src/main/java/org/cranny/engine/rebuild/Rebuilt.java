package org.cranny.engine.rebuild;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.function.Function;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.source.LocalPacks;
import org.cranny.engine.source.Records;
import org.cranny.protocol.id.SystemId;

/**
 * Somebody's source, opened from its keys and from what central remembers. The keys are the caller's, who wipes them;
 * nothing in the folder opens anything without them.
 */
public final class Rebuilt implements Records, Closeable {
    private final SystemId system;
    private final PackKeys keys;
    private final Path home;
    private final Snapshots snapshots;
    private final LocalPacks packs;
    private final ChunkIndex index;
    private final Holdings holdings;

    private Rebuilt(
            SystemId system,
            PackKeys keys,
            Path home,
            Snapshots snapshots,
            LocalPacks packs,
            ChunkIndex index,
            Holdings holdings) {
        this.system = system;
        this.keys = keys;
        this.home = home;
        this.snapshots = snapshots;
        this.packs = packs;
        this.index = index;
        this.holdings = holdings;
    }

    /**
     * What is to be made again, and where.
     *
     * @param home folder to fill, private to the caller; the layout is that of a source's home
     * @param sourceKeys with which the source ever signed manifests
     * @param keys that open its packs; with keys that open no data the index is made all the same
     * @param packs that are at hand
     */
    public record Order(Path home, SystemId system, Collection<PublicKey> sourceKeys, PackKeys keys, LocalPacks packs) {
        @Override
        public String toString() {
            return "Order[" + system + " in " + home + "]";
        }
    }

    /**
     * Fills the folder, as far as it is not filled already.
     *
     * @param hosts the hosts, given who holds what; asked only for what central has no copy of
     * @throws IOException when a manifest is not the source's own, or the folder cannot be written
     */
    public static RebuildOutcome rebuild(
            Order order, Remembered central, Function<Holdings, PackSource> hosts, RebuildListener listener)
            throws IOException {
        Snapshots snapshots = new Snapshots(order.home().resolve("snapshots"), order.sourceKeys());
        try (Footers footers = new Footers(order.keys(), order.packs())) {
            return new Rebuild(order.home(), snapshots, central, hosts, footers).run(listener);
        }
    }

    /** Opens a folder that was filled. */
    public static Rebuilt open(Order order) throws IOException {
        Path home = order.home();
        ChunkIndex index = ChunkIndex.open(home.resolve("index"));
        try {
            return new Rebuilt(
                    order.system(),
                    order.keys(),
                    home,
                    new Snapshots(home.resolve("snapshots"), order.sourceKeys()),
                    order.packs(),
                    index,
                    Holdings.open(home.resolve("holdings")));
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    @Override
    public SystemId system() {
        return system;
    }

    @Override
    public PackKeys keys() {
        return keys;
    }

    @Override
    public ChunkIndex index() {
        return index;
    }

    @Override
    public Holdings holdings() {
        return holdings;
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public LocalPacks packs() {
        return packs;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public void close() throws IOException {
        try (holdings) {
            index.close();
        }
    }
}
