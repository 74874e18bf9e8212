package org.cranny.web.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Gives no JSON to the server's parser that does not end ({@link ClosedJson}): it would never stop. */
@Provider
public class ClosedBody implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        MediaType media = context.getMediaType();
        if (media != null && ClosedJson.isBound(media.getSubtype(), context.getType())) {
            byte[] octets = context.getInputStream().readAllBytes();
            try {
                ClosedJson.text(octets);
            } catch (MalformedException e) {
                throw new ProblemException(ProblemKind.BAD_REQUEST, "The body is no JSON: " + e.getMessage() + ".");
            }
            context.setInputStream(new ByteArrayInputStream(octets));
        }
        return context.proceed();
    }
}
