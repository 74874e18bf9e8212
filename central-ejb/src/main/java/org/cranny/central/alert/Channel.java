package org.cranny.central.alert;

import java.io.IOException;

/** A way to people. Delivery may happen twice, never silently not at all. */
interface Channel {
    /** Its name in the outbox. */
    String name();

    /** Delivers a message. @throws IOException with one line that says why it was not taken */
    void send(String target, Message message) throws IOException;
}
