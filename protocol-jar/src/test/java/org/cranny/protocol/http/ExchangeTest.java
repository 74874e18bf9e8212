package org.cranny.protocol.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"abc", "1e3", "9223372036854775808"})
    void aLengthThatIsNoNumberIsAFailureOfTheExchange(String length) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server =
                    new Thread(() -> answer(listener, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n"));
            server.start();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.getLocalPort()))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            assertThrows(ProtocolException.class, () -> Exchange.send(client, request, BoundedBody.text(100)));
            server.join();
        }
    }

    private static void answer(ServerSocket listener, String head) {
        try (Socket caller = listener.accept()) {
            caller.getInputStream().read(new byte[8 << 10]);
            caller.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
