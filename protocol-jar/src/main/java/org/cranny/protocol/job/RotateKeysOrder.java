package org.cranny.protocol.job;

import java.util.Map;

/**
 * Take a new generation of keys for new packs.
 *
 * @param afterCompromise changes the dedup key too, so that the next backup sends everything again
 */
public record RotateKeysOrder(boolean afterCompromise) implements JobOrder {
    static RotateKeysOrder read(OrderReader in) {
        return new RotateKeysOrder(in.flag("afterCompromise"));
    }

    @Override
    public JobKind kind() {
        return JobKind.ROTATE_KEYS;
    }

    @Override
    public Map<String, Object> document() {
        return Map.of("afterCompromise", afterCompromise);
    }
}
