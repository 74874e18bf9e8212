package org.cranny.protocol.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/**
 * Reads an answer for as long as something comes: the time limit of a request ends where the body of its answer begins.
 * Only time in which octets were asked for counts.
 *
 * @param <T> what a body becomes
 */
final class PatientBody<T> implements BodySubscriber<T> {
    /** Octets a second, once as much time as silence may last is used up. */
    static final long SLOWEST = 1 << 10;

    private final BodySubscriber<T> reader;
    private final long silence;
    private Subscription subscription;
    private CompletableFuture<Void> look;
    private long asked;
    private long since;
    private long waited;
    private long length;
    private boolean over;

    PatientBody(BodySubscriber<T> reader, Duration silence) {
        this.reader = reader;
        this.silence = silence.toNanos();
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public synchronized void onSubscribe(Subscription begun) {
        subscription = begun;
        lookAfter(silence);
        reader.onSubscribe(new Subscription() {
            @Override
            public void request(long parts) {
                ask(parts);
                begun.request(parts);
            }

            @Override
            public void cancel() {
                end();
                begun.cancel();
            }
        });
    }

    private synchronized void ask(long parts) {
        if (asked == 0) {
            since = System.nanoTime();
        }
        asked = parts > Long.MAX_VALUE - asked ? Long.MAX_VALUE : asked + parts;
    }

    private void lookAfter(long nanos) {
        look = new CompletableFuture<>();
        look.whenComplete((nothing, time) -> {
            if (time != null) {
                look();
            }
        });
        look.orTimeout(Math.max(1, nanos), TimeUnit.NANOSECONDS);
    }

    private synchronized void look() {
        if (over) {
            return;
        }
        long now = asked == 0 ? 0 : System.nanoTime() - since;
        if (now >= silence) {
            fail("nothing comes any more");
        } else if (waited + now - silence > TimeUnit.SECONDS.toNanos(length / SLOWEST)) {
            fail("the answer comes too slowly");
        } else {
            lookAfter(silence - now);
        }
    }

    /** Its reader first: who cancels hears of that instead. */
    private void fail(String reason) {
        end();
        reader.onError(new HttpTimeoutException(reason));
        subscription.cancel();
    }

    private synchronized void end() {
        over = true;
        look.complete(null);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> octets) {
        if (over) {
            return;
        }
        octets.forEach(part -> length += part.remaining());
        long now = System.nanoTime();
        waited += now - since;
        since = now;
        if (asked < Long.MAX_VALUE) {
            asked--;
        }
        reader.onNext(octets);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (!over) {
            end();
            reader.onError(failure);
        }
    }

    @Override
    public synchronized void onComplete() {
        if (!over) {
            end();
            reader.onComplete();
        }
    }
}
