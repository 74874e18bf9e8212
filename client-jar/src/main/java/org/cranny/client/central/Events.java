package org.cranny.client.central;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.http.BoundedBody;

/**
 * The one stream of events from central to this machine, over one outgoing connection. It ends when either side closes
 * it; silence is noticed by whoever asks {@link #silence}, since central gives a sign of life every 15 s.
 */
public final class Events implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int FIRST_REFUSAL = 400;
    private static final int LONGEST_LINE = 8 << 10;
    private static final int LONGEST_DATA = 1_000;
    private static final Pattern NUMBER = Pattern.compile("\\{\"(?:version|job|question)\":(\\d{1,18})}");

    /** What hears events. */
    public interface Heard {
        /** @param name {@code master-file}, {@code job}, {@code cancel}, {@code policy}, {@code question}, {@code upgrade} or one that is not known yet @param number version, job or question, 0 without one */
        void event(String name, long number);

        /** Nothing more comes. */
        void ended();
    }

    private final Heard heard;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long lastNanos = System.nanoTime();
    private volatile Flow.Subscription subscription;
    private volatile CompletableFuture<?> exchange;

    private Events(Heard heard) {
        this.heard = heard;
    }

    static Events open(URI central, HttpClient http, Heard heard) throws IOException {
        Events events = new Events(heard);
        HttpRequest request = HttpRequest.newBuilder(Api.of(central, "events"))
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request, answer -> {
            status.complete(answer.statusCode());
            return answer.statusCode() == OK
                    ? BoundedBody.lines(events.new Reader(), LONGEST_LINE)
                    : BodySubscribers.discarding();
        });
        events.exchange = exchange;
        exchange.whenComplete((answer, failure) -> {
            if (failure != null) {
                status.completeExceptionally(failure);
            }
            events.end();
        });
        events.await(status, central);
        return events;
    }

    /** How long nothing was heard. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }

    public boolean over() {
        return over.getCount() == 0;
    }

    @Override
    public void close() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        exchange.cancel(true);
        end();
    }

    private void await(CompletableFuture<Integer> status, URI central) throws IOException {
        try {
            int answered = status.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (answered >= FIRST_REFUSAL || answered != OK) {
                close();
                throw Trouble.away(central, answered);
            }
        } catch (ExecutionException e) {
            Trouble.refuseHopeless(central, e.getCause());
            throw Trouble.away(central, e.getCause());
        } catch (TimeoutException e) {
            close();
            throw Trouble.away(central, e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting to central");
        }
    }

    private synchronized void end() {
        if (over.getCount() > 0) {
            over.countDown();
            heard.ended();
        }
    }

    /** Reads {@code text/event-stream}: fields line by line, an empty line ends an event, a colon begins a comment. */
    private final class Reader implements Flow.Subscriber<String> {
        private String name = "message";
        private final StringBuilder data = new StringBuilder();

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lastNanos = System.nanoTime();
            if (line.isEmpty()) {
                dispatch();
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:") && data.length() < LONGEST_DATA) {
                data.append(line.substring("data:".length()).strip());
            }
        }

        private void dispatch() {
            if (!data.isEmpty()) {
                Matcher number = NUMBER.matcher(data);
                heard.event(name, number.matches() ? Long.parseLong(number.group(1)) : 0);
            }
            name = "message";
            data.setLength(0);
        }

        @Override
        public void onError(Throwable failure) {
            end();
        }

        @Override
        public void onComplete() {
            end();
        }
    }
}
