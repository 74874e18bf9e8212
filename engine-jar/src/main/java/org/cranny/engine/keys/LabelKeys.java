package org.cranny.engine.keys;

import java.util.Optional;

/** Opens and makes the labels of one source's manifests. */
public interface LabelKeys {
    /** The key that seals the label of the manifest with this version, or empty for an unknown generation. */
    Optional<Secret> labelKey(int generation, long manifestVersion);
}
