package org.cranny.engine.keys;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.security.auth.Destroyable;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Everything that opens and makes the backups of one source, and nothing else does.
 *
 * <p>Life: {@link #create made} at enrollment, kept as {@link #encode() octets} in the source's home and sealed in
 * escrow, {@link #rotate rotated} now and then (new packs get a new root; nothing is sent again), and
 * {@link #replaceAfterCompromise replaced} after a theft (everything is sent again, because chunk ids change too).
 * Rings are immutable: rotation makes a new one. {@link #destroy() Destroyed} when no longer needed.
 *
 * <p>Format and derivations: {@code docs/format/keys.md}. Thread-safe.
 */
public final class KeyRing implements PackKeys, LabelKeys, Destroyable {
    private final SystemId source;
    private final Secret dedupKey;
    private final TreeMap<Integer, Secret> roots;

    KeyRing(SystemId source, Secret dedupKey, Map<Integer, Secret> roots) {
        this.source = source;
        this.dedupKey = dedupKey;
        this.roots = new TreeMap<>(roots);
    }

    /** A fresh ring with one generation. */
    public static KeyRing create(SystemId source, SecureRandom random) {
        Secret dedupKey = Secret.draw(random, Derivations.KEY_LENGTH);
        return new KeyRing(source, dedupKey, Map.of(1, Secret.draw(random, Derivations.KEY_LENGTH)));
    }

    /** Reads what {@link #encode()} wrote. The caller wipes the octets. */
    public static KeyRing decode(byte[] octets) throws KeysUnreadableException {
        return KeyRingFormat.decode(octets);
    }

    /** The ring in clear; the caller keeps the octets secret and wipes them. */
    public byte[] encode() {
        return KeyRingFormat.encode(source, dedupKey, roots);
    }

    /** This ring and one generation more, which seals from now on. Chunk ids stay: nothing is sent again. */
    public KeyRing rotate(SecureRandom random) {
        return withNextRoot(dedupKey.copy(), random);
    }

    /** This ring with a new generation and a new dedup key: still opens old packs, but everything is sent again. */
    public KeyRing replaceAfterCompromise(SecureRandom random) {
        return withNextRoot(Secret.draw(random, Derivations.KEY_LENGTH), random);
    }

    private KeyRing withNextRoot(Secret nextDedupKey, SecureRandom random) {
        Map<Integer, Secret> next = roots.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().copy()));
        next.put(Math.addExact(generation(), 1), Secret.draw(random, Derivations.KEY_LENGTH));
        return new KeyRing(source, nextDedupKey, next);
    }

    @Override
    public SystemId source() {
        return source;
    }

    /** The generation that seals new packs. */
    public int generation() {
        return roots.lastKey();
    }

    /** All generations that this ring opens, rising. */
    public SortedSet<Integer> generations() {
        return new TreeSet<>(roots.keySet());
    }

    @Override
    public Optional<PackKey> packKey(PackClass packClass, int generation, byte[] salt) {
        return Optional.ofNullable(roots.get(generation))
                .map(root -> Derivations.classKey(root, packClass))
                .map(classKey -> Derivations.packKey(classKey, source, generation, salt));
    }

    /** The key of chunk ids. */
    public Secret chunkIdKey() {
        return dedupKey.copy();
    }

    /** The 256 random numbers that decide where big files are cut. Not a secret to rely on, but private all the same. */
    public long[] gearTable() {
        return Derivations.gearTable(dedupKey);
    }

    /** The key that turns device and inode numbers into hard-link groups. */
    public Secret linkKey() {
        return Derivations.linkKey(dedupKey);
    }

    @Override
    public Optional<Secret> labelKey(int generation, long manifestVersion) {
        return Optional.ofNullable(roots.get(generation))
                .map(root -> Derivations.classKey(root, PackClass.TREE))
                .map(treeKey -> Derivations.labelKey(treeKey, manifestVersion));
    }

    /** The part that lists and searches, and opens nobody's data. */
    public BrowseKeys browseKeys() {
        return new BrowseKeys(
                source,
                roots.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> new BrowseKeys.Generation(
                                        Derivations.classKey(entry.getValue(), PackClass.TREE),
                                        Derivations.classKey(entry.getValue(), PackClass.INDEX)))));
    }

    @Override
    public void destroy() {
        dedupKey.destroy();
        roots.values().forEach(Secret::destroy);
    }

    @Override
    public boolean isDestroyed() {
        return dedupKey.isDestroyed();
    }

    /** Equal when every secret is equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRing that
                && source.equals(that.source)
                && dedupKey.equals(that.dedupKey)
                && roots.equals(that.roots);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return "KeyRing[source=" + source + ", generations=" + roots.keySet() + ", redacted]";
    }
}
