package org.cranny.protocol.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;

/** A request, and an answer of somebody who may send anything. */
public final class Exchange {
    private Exchange() {}

    /**
     * As {@link HttpClient#send}, but whatever comes back is an answer or an {@link IOException}: the client calls a length
     * that is no number an illegal argument of its caller's.
     */
    public static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            return client.send(request, body);
        } catch (IllegalArgumentException e) {
            ProtocolException unreadable = new ProtocolException("the answer is unreadable");
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
