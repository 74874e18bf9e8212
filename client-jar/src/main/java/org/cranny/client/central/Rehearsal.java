package org.cranny.client.central;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;

/** Goes through the motions of a call to central, so that the classes of one are loaded. */
public final class Rehearsal {
    private static final URI NOBODY = URI.create("https://127.0.0.1:1");

    private Rehearsal() {}

    /** Calls an address where nobody listens, and reads and writes records. */
    public static void callNobody() throws IOException {
        try (ControlCalls calls = new ControlCalls(NOBODY, SSLContext.getDefault(), Pause.real())) {
            calls.post("leases", new LeaseRequest(0), Lease.class);
        } catch (CatalogueAwayException expected) {
            writeAndRead();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    private static void writeAndRead() throws IOException {
        try (Jsonb json = JsonbBuilder.create()) {
            String lease = json.toJson(new Lease(1, 1, null, List.of(), "", 1, List.of()));
            String problem = json.toJson(Problem.of(ProblemKind.NOT_FOUND, "nothing"));
            json.fromJson(lease, Lease.class);
            json.fromJson(problem, Problem.class);
        } catch (JsonbException e) {
            throw new IllegalStateException("JSON does not work", e);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
