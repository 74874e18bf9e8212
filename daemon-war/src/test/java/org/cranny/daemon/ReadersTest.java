package org.cranny.daemon;

import org.cranny.daemon.identity.IdentityReaders;
import org.cranny.daemon.web.OrderReaders;
import org.cranny.protocol.readers.ReadersContract;

/** All readers that daemons alone have. */
public class ReadersTest extends ReadersContract {
    public ReadersTest() {
        super(OrderReaders::all, IdentityReaders::all, StateReaders::all);
    }
}
