package org.cranny.web.events;

import java.io.IOException;

/** One machine's open connection, as what is told goes into it. Used by one thread at a time; closing may come from any. */
public interface Outlet {
    /** @throws IOException when the other side is gone */
    void event(String name, String data) throws IOException;

    /** Says nothing, so that both sides know that the other is there. @throws IOException when the other side is gone */
    void keepAlive() throws IOException;

    void close();
}
