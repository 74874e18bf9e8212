package org.cranny.engine.keys;

import java.util.Optional;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.PackClass;

/** Opens packs of one source: all of them (a key ring) or those that may be browsed. */
public interface PackKeys {
    /** The source whose packs these keys open. */
    SystemId source();

    /**
     * The key of the pack with this class, generation and salt (32 octets), or empty when that class or generation is
     * not among these keys. The caller destroys it after use.
     */
    Optional<PackKey> packKey(PackClass packClass, int generation, byte[] salt);
}
