package org.cranny.protocol.http;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads answers up to a length, so that who answers without an end does not fill the memory. Of a longer one the rest is
 * not read, the connection is closed, and the exchange fails with a {@link TooLongException} as its cause.
 *
 * @param <T> what a body becomes
 */
public final class BoundedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> reader;
    private final long most;
    private final boolean byLine;
    private long length;
    private Subscription subscription;
    private boolean tooLong;

    private BoundedBody(BodySubscriber<T> reader, long most, boolean byLine) {
        this.reader = reader;
        this.most = most;
        this.byLine = byLine;
    }

    /** @param most octets */
    public static BodyHandler<byte[]> octets(long most) {
        return answer -> new BoundedBody<>(BodySubscribers.ofByteArray(), most, false);
    }

    /** Text in UTF-8. @param most octets */
    public static BodyHandler<String> text(long most) {
        return answer -> new BoundedBody<>(BodySubscribers.ofString(StandardCharsets.UTF_8), most, false);
    }

    /** Lines in UTF-8, of which there may be any number. @param most octets of one line */
    public static BodySubscriber<Void> lines(Subscriber<String> lines, long most) {
        return new BoundedBody<>(BodySubscribers.fromLineSubscriber(lines), most, true);
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        reader.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> octets) {
        if (tooLong) {
            return;
        }
        octets.forEach(this::count);
        if (tooLong) {
            subscription.cancel();
            reader.onError(new TooLongException(most));
        } else {
            reader.onNext(octets);
        }
    }

    private void count(ByteBuffer octets) {
        if (!byLine) {
            length += octets.remaining();
            tooLong |= length > most;
            return;
        }
        for (int i = octets.position(); i < octets.limit(); i++) {
            length = octets.get(i) == '\n' ? 0 : length + 1;
            tooLong |= length > most;
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!tooLong) {
            reader.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!tooLong) {
            reader.onComplete();
        }
    }
}
