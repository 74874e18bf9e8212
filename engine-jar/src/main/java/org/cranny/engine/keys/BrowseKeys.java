package org.cranny.engine.keys;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.Destroyable;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Opens the trees and indexes of one source and never its data: what central may hold so that pages can list and
 * search.
 *
 * <p>Format: the plaintext of the browse escrow in {@code docs/format/keys.md}. Thread-safe.
 */
public final class BrowseKeys implements PackKeys, LabelKeys, Destroyable {
    private final SystemId source;
    private final TreeMap<Integer, Generation> generations;

    record Generation(Secret tree, Secret index) {
        @Override
        public String toString() {
            return "Generation[redacted]";
        }
    }

    BrowseKeys(SystemId source, Map<Integer, Generation> generations) {
        this.source = source;
        this.generations = new TreeMap<>(generations);
    }

    @Override
    public SystemId source() {
        return source;
    }

    @Override
    public Optional<PackKey> packKey(PackClass packClass, int generation, byte[] salt) {
        return classKey(packClass, generation).map(classKey -> Derivations.packKey(classKey, source, generation, salt));
    }

    @Override
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
        OctetWriter out = new OctetWriter().varint(generations.size());
        generations.forEach((generation, keys) -> {
            KeyRingFormat.putSecret(out.varint(generation), keys.tree());
            KeyRingFormat.putSecret(out, keys.index());
        });
        return out.toByteArray();
    }

    static BrowseKeys decode(SystemId source, byte[] octets) throws KeysUnreadableException {
        try {
            return new BrowseKeys(source, decodeGenerations(new OctetReader(octets)));
        } catch (MalformedException e) {
            throw new KeysUnreadableException("the browse keys are damaged: " + e.getMessage(), e);
        }
    }

    private static Map<Integer, Generation> decodeGenerations(OctetReader in) throws MalformedException {
        Map<Integer, Generation> generations = new TreeMap<>();
        int previous = 0;
        for (int left = KeyRingFormat.takeCount(in); left > 0; left--) {
            previous = KeyRingFormat.takeGeneration(in, previous);
            generations.put(previous, new Generation(KeyRingFormat.takeSecret(in), KeyRingFormat.takeSecret(in)));
        }
        in.end();
        return generations;
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
