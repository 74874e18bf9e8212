package org.cranny.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.shelf.Fragment;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.shelf.StoreOutcome;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real archive on Payara Micro: what the container has to do for the parts. */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {

    @Deployment
    static WebArchive daemon() {
        return ContainerHome.archive();
    }

    @Inject
    private Shelf shelf;

    @Inject
    private Shelf sameShelf;

    @Inject
    private Identity identity;

    @Test
    void makesOneShelfAndItKeeps() throws IOException, GeneralSecurityException {
        assertSame(shelf, sameShelf);
        Caller source = new Caller(
                new SystemId(identity.realm(), 50),
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
        byte[] octets = "kept by the container".getBytes(StandardCharsets.UTF_8);
        FragmentId id = FragmentHasher.of(octets);
        assertInstanceOf(
                StoreOutcome.Stored.class, shelf.put(source, id, octets.length, new ByteArrayInputStream(octets)));
        try (Fragment fragment = shelf.open(source.system(), id).orElseThrow()) {
            assertArrayEquals(octets, fragment.leaf(0));
        }
    }

    @Test
    @RunAsClient
    void firesTheHeartbeatAgainAndAgain() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertTrue(ContainerHome.nextHeartbeat().contains("\"capacity\""));
        }
    }

    @Test
    @RunAsClient
    void answersNobodyOverAListenerThatAsksForNoCertificate(@ArquillianResource URL base)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        String anyId = "0".repeat(64);
        for (String path : List.of("", "v1/status", "v1/fragments", "v1/fragments/" + anyId, "v1/proofs", "nothing")) {
            for (String method : List.of("GET", "PUT", "POST", "HEAD", "DELETE")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertEquals(401, answer.statusCode(), method + " " + path);
            }
        }
    }
}
