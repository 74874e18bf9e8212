package org.cranny.central.escrow;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cranny.central.authority.EscrowSplit;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;

/** The escrow key that officers made of their shares, and all that were the escrow key before; wiped when closed. */
final class EscrowKeys implements AutoCloseable {
    private final List<Secret> keys = new ArrayList<>();

    /** @param newest is wiped with the others */
    EscrowKeys(Secret newest, EscrowSplit split) {
        keys.add(newest);
        try {
            for (String sealed : split.former()) {
                keys.add(org.cranny.engine.keys.Escrow.openFormerKey(
                        Base64.getDecoder().decode(sealed), keys.get(keys.size() - 1)));
            }
        } catch (KeysUnreadableException e) {
            close();
            throw new IllegalStateException("the former escrow keys in central's home are damaged", e);
        }
    }

    /** Newest first. */
    List<Secret> all() {
        return keys;
    }

    @Override
    public void close() {
        keys.forEach(Secret::destroy);
    }
}
