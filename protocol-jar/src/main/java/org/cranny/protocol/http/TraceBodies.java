package org.cranny.protocol.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;

/**
 * Has the server take the body of a {@code TRACE} for a part of it (RFC 9112, section 6). Left to itself it takes those
 * octets for the next request on the connection, and answers them: behind a proxy, to whoever asks next. No setting of the
 * server says otherwise, and it refuses the method before an application sees it.
 */
public final class TraceBodies {
    private static final Logger LOG = System.getLogger(TraceBodies.class.getName());
    private static final String METHOD = "org.glassfish.grizzly.http.Method";

    private TraceBodies() {}

    /**
     * Holds for every listener of this server until it ends. In a server that is built otherwise nothing changes, and its
     * log says so.
     *
     * @param server that sees the server's own classes
     */
    public static void belongToTheirRequest(ClassLoader server) {
        try {
            Class<?> method = Class.forName(METHOD, true, server);
            Field body = method.getDeclaredField("payloadExpectation");
            body.setAccessible(true);
            Object allowed = body.get(method.getField("POST").get(null));
            body.set(method.getField("TRACE").get(null), allowed);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "the server may take the body of a TRACE request for another request: {0}", e);
        }
    }
}
