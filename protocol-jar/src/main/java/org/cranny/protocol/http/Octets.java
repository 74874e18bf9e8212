package org.cranny.protocol.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A body as one array. What came is copied at once, so the buffers it came in are not kept until its end. */
final class Octets implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] octets;
    private int length;

    /** @param expected how many are announced; more are taken, too */
    Octets(int expected) {
        octets = new byte[expected];
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            int until = Math.addExact(length, part.remaining());
            if (until > octets.length) {
                octets = Arrays.copyOf(
                        octets, Math.max(until, (int) Math.min(2L * octets.length, Integer.MAX_VALUE - 8)));
            }
            part.get(octets, length, part.remaining());
            length = until;
        }
    }

    @Override
    public void onError(Throwable failure) {
        octets = null;
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(length == octets.length ? octets : Arrays.copyOf(octets, length));
    }
}
