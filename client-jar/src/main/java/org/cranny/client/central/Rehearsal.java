package org.cranny.client.central;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/** Goes through the motions of calls to central and to a host, so that the classes of both are loaded. */
public final class Rehearsal {
    private static final String REFUSAL = "{\"kind\":\"NOT_FOUND\",\"status\":404,\"detail\":\"nothing\"}";
    private static final String ANSWER = "HTTP/1.1 404 Not Found\r\nContent-Type: " + Problem.MEDIA_TYPE
            + "\r\nContent-Length: " + REFUSAL.length() + "\r\nConnection: close\r\n\r\n" + REFUSAL;

    private Rehearsal() {}

    /** Calls a thread of this process that refuses everything, over TLS on the loopback, and writes and reads records. */
    public static void call(MachineIdentity identity) throws IOException {
        writeAndRead();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = MutualTls.context(identity, peer -> true)
                .getServerSocketFactory()
                .createServerSocket(0, 2, here)) {
            Thread refusing = new Thread(() -> refuse(server), "rehearsal");
            refusing.setDaemon(true);
            refusing.start();
            String address = "https://127.0.0.1:" + server.getLocalPort();
            callCentral(URI.create(address), identity);
            callHost(address, identity);
        }
    }

    private static void callCentral(URI address, MachineIdentity identity) throws IOException {
        try (Central central = new Central(address, identity, millis -> {})) {
            central.realm();
        } catch (ProblemException expected) {
            return;
        }
    }

    private static void callHost(String address, MachineIdentity identity) throws IOException {
        long number = identity.system().number();
        Host host = new Host(number, "rehearsal", address, 0, 0, 0, "", "", Host.State.ACCEPTING);
        try (HttpHosts hosts = new HttpHosts(identity, () -> "", Limits.NONE)) {
            hosts.list(host, null);
        } catch (TransferException expected) {
            return;
        }
    }

    private static void refuse(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept();
                    BufferedReader request = new BufferedReader(
                            new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
                    line = request.readLine();
                }
                caller.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().flush();
            } catch (IOException closed) {
                continue;
            }
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
