package org.cranny.client.hook;

import java.util.Optional;

/**
 * What runs before and after a backup.
 *
 * @param before its failure stops the backup, unless {@code goOn}
 * @param after runs whatever came of the backup
 * @param goOn whether a hook that fails is only a warning
 */
public record Hooks(Optional<Hook> before, Optional<Hook> after, boolean goOn) {
    public static final Hooks NONE = new Hooks(Optional.empty(), Optional.empty(), false);
}
