package org.cranny.client.central;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;

/** Gives no JSON to the library that does not end ({@link ClosedJson}). */
final class ClosedAnswers implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        MediaType media = context.getMediaType();
        if (media != null && ClosedJson.isBound(media.getSubtype(), context.getType())) {
            byte[] octets = context.getInputStream().readAllBytes();
            try {
                ClosedJson.text(octets);
            } catch (MalformedException e) {
                throw new ProcessingException("the answer is no JSON: " + e.getMessage(), e);
            }
            context.setInputStream(new ByteArrayInputStream(octets));
        }
        return context.proceed();
    }
}
