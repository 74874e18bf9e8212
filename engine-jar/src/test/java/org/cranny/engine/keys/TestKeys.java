package org.cranny.engine.keys;

import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/** A source and a ring that every test knows. */
public final class TestKeys {
    public static final SystemId SOURCE = new SystemId(new RealmId("0011223344556677"), 42);
    public static final SystemId OTHER = new SystemId(new RealmId("0011223344556677"), 43);

    private TestKeys() {}

    public static KeyRing ring() {
        return KeyRing.create(SOURCE, new FixedRandom(0));
    }
}
