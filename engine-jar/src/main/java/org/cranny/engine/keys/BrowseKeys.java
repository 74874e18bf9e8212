package org.cranny.engine.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.Destroyable;

/**
 * Opens the trees and indexes of one source and never its data: what central may hold so that pages can list and
 * search.
 *
 * <p>Format: the plaintext of the browse escrow in {@code docs/format/keys.md}. Thread-safe.
 */
public final class BrowseKeys implements PackKeys, Destroyable {
    private final SourceTag source;
    private final TreeMap<Integer, Generation> generations;

    record Generation(Secret tree, Secret index) {
        @Override
        public String toString() {
            return "Generation[redacted]";
        }
    }

    BrowseKeys(SourceTag source, Map<Integer, Generation> generations) {
        this.source = source;
        this.generations = new TreeMap<>(generations);
    }

    @Override
    public SourceTag source() {
        return source;
    }

    @Override
    public Optional<PackKey> packKey(PackClass packClass, int generation, byte[] salt) {
        return classKey(packClass, generation).map(classKey -> Derivations.packKey(classKey, source, generation, salt));
    }

    /** The key that seals the label of the manifest with this version, or empty for an unknown generation. */
    public Optional<Secret> labelKey(int generation, long manifestVersion) {
        return classKey(PackClass.TREE, generation).map(treeKey -> Derivations.labelKey(treeKey, manifestVersion));
    }

    private Optional<Secret> classKey(PackClass packClass, int generation) {
        return Optional.ofNullable(generations.get(generation)).flatMap(keys -> switch (packClass) {
            case DATA -> Optional.empty();
            case TREE -> Optional.of(keys.tree());
            case INDEX -> Optional.of(keys.index());
        });
    }

    byte[] encode() {
        int each = GenerationNumbers.MAX_LENGTH + 2 * Derivations.KEY_LENGTH;
        ByteBuffer out = ByteBuffer.allocate(GenerationNumbers.MAX_LENGTH + generations.size() * each);
        GenerationNumbers.write(out, generations.size());
        generations.forEach((generation, keys) -> {
            GenerationNumbers.write(out, generation);
            KeyRingFormat.putSecret(out, keys.tree());
            KeyRingFormat.putSecret(out, keys.index());
        });
        byte[] octets = Arrays.copyOf(out.array(), out.position());
        Arrays.fill(out.array(), (byte) 0);
        return octets;
    }

    static BrowseKeys decode(SourceTag source, byte[] octets) throws KeysUnreadableException {
        ByteBuffer in = ByteBuffer.wrap(octets);
        TreeMap<Integer, Generation> generations = new TreeMap<>();
        int previous = 0;
        for (int left = GenerationNumbers.read(in); left > 0; left--) {
            int generation = GenerationNumbers.readAbove(in, previous);
            generations.put(generation, new Generation(KeyRingFormat.takeSecret(in), KeyRingFormat.takeSecret(in)));
            previous = generation;
        }
        if (in.hasRemaining()) {
            throw new KeysUnreadableException("the browse keys are followed by " + in.remaining() + " stray octets");
        }
        return new BrowseKeys(source, generations);
    }

    @Override
    public void destroy() {
        generations.values().forEach(keys -> {
            keys.tree().destroy();
            keys.index().destroy();
        });
    }

    @Override
    public boolean isDestroyed() {
        return generations.values().stream().allMatch(keys -> keys.tree().isDestroyed());
    }

    @Override
    public String toString() {
        return "BrowseKeys[source=" + source + ", generations=" + generations.keySet() + ", redacted]";
    }
}
