package org.cranny.client.central;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.cranny.protocol.http.TooLongException;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;

/** Gives nothing to the library that is longer than an answer may be, and no JSON that does not end ({@link ClosedJson}). */
final class ClosedAnswers implements ReaderInterceptor {
    /** Octets of the longest answer that is read as a whole. */
    static final int LARGEST = 64 << 20;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() != InputStream.class) {
            byte[] octets = atMost(LARGEST, context.getInputStream());
            requireClosed(context, octets);
            context.setInputStream(new ByteArrayInputStream(octets));
        }
        return context.proceed();
    }

    /** @throws TooLongException when more comes */
    static byte[] atMost(int most, InputStream in) throws IOException {
        byte[] octets = in.readNBytes(most);
        if (in.read() >= 0) {
            throw new TooLongException(most);
        }
        return octets;
    }

    private static void requireClosed(ReaderInterceptorContext context, byte[] octets) {
        MediaType media = context.getMediaType();
        if (media != null && ClosedJson.isBound(media.getSubtype(), context.getType())) {
            try {
                ClosedJson.text(octets);
            } catch (MalformedException e) {
                throw new ProcessingException("the answer is no JSON: " + e.getMessage(), e);
            }
        }
    }
}
