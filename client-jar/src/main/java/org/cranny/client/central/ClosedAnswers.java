package org.cranny.client.central;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;

/** Gives no JSON to the library that does not end ({@link ClosedJson}). */
final class ClosedAnswers implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (isBound(context.getMediaType(), context.getType())) {
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

    /** Whoever asks for octets looks at them. */
    private static boolean isBound(MediaType media, Class<?> type) {
        return media != null
                && (media.getSubtype().equals("json") || media.getSubtype().endsWith("+json"))
                && type != byte[].class
                && type != InputStream.class;
    }
}
