package org.cranny.central.syslog;

import java.io.IOException;
import java.util.List;

/** Whoever takes entries of the log. */
interface Receiver {

    /** Gives these, in order; when it returns they arrived. @throws IOException when any of them may not have */
    void give(List<SyslogMessage> messages) throws IOException;
}
