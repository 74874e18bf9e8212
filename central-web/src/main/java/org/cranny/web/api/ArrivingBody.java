package org.cranny.web.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * A body as the server hands it over: one that breaks off on its way is no failure of central's own, nor is it wrong; whoever
 * still listens was too slow, and may send it again.
 */
final class ArrivingBody extends FilterInputStream {
    ArrivingBody(InputStream in) {
        super(in);
    }

    /** @throws ProblemException TOO_SLOW when it breaks off */
    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** @throws ProblemException TOO_SLOW when it breaks off */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private static ProblemException brokenOff(IOException e) {
        ProblemException problem = new ProblemException(ProblemKind.TOO_SLOW, "The body broke off on its way.");
        problem.initCause(e);
        return problem;
    }
}
