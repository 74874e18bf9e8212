package org.cranny.protocol.http;

import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * Reads answers up to a length, so that who answers without an end does not fill the memory. Of a longer one the rest is
 * not read, the connection is closed, and the exchange fails with a {@link TooLongException} as its cause. Nor is anybody
 * waited for who stops in the middle: after a minute in which nothing came, or when there was less than 1 KiB a second
 * after a first minute, it fails with an {@link java.net.http.HttpTimeoutException}, if need be as its cause.
 *
 * @param <T> what a body becomes
 */
public final class BoundedBody<T> implements BodySubscriber<T> {
    static final Duration SILENCE = Duration.ofMinutes(1);

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
        return octets(most, SILENCE);
    }

    static BodyHandler<byte[]> octets(long most, Duration silence) {
        return answer -> {
            long announced = answer.headers().firstValueAsLong("Content-Length").orElse(0);
            int expected = (int) Math.min(Math.max(0, announced), Math.min(most, Integer.MAX_VALUE - 8));
            return new PatientBody<>(new BoundedBody<>(new Octets(expected), most, false), silence);
        };
    }

    /** Text in UTF-8. @param most octets */
    public static BodyHandler<String> text(long most) {
        return answer -> new PatientBody<>(
                new BoundedBody<>(BodySubscribers.ofString(StandardCharsets.UTF_8), most, false), SILENCE);
    }

    /** Octets of any number, which may be read with pauses; to be closed by who reads them. */
    public static BodyHandler<InputStream> stream() {
        return stream(SILENCE);
    }

    static BodyHandler<InputStream> stream(Duration silence) {
        return answer -> new PatientBody<>(BodySubscribers.ofInputStream(), silence);
    }

    /** Lines in UTF-8, of which there may be any number, with any time between them. @param most octets of one line */
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
