package org.cranny.web.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import org.cranny.protocol.octets.BriskStream;
import org.cranny.protocol.octets.CountedStream;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Reads no more of a body than its method takes, 1 MiB unless {@link Largest} says otherwise, whatever its length claims. A
 * body without {@link Largest} that comes too slowly is given up: a worker waits for it.
 */
@Provider
public class BodyLimit implements ContainerRequestFilter {
    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Largest largest = resource.getResourceMethod().getAnnotation(Largest.class);
        long limit = (largest == null ? 1L : largest.mebibytes()) << 20;
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        // Whether there is a body at all is not asked: the answer is read off the stream.
        InputStream body = new ArrivingBody(request.getEntityStream());
        request.setEntityStream(new Limited(largest == null ? new BriskStream(body) : body, limit));
    }

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(ProblemKind.TOO_LARGE, "The body is larger than " + limit + " bytes.");
    }

    static final class Limited extends CountedStream {
        private final long limit;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        /** @throws ProblemException TOO_LARGE */
        @Override
        protected void check(long octets) {
            if (octets > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
