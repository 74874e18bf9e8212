package org.cranny.client.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final Log log = new Log(new PrintStream(new ByteArrayOutputStream()), Clock.systemUTC());
    private final List<String> happened = new ArrayList<>();

    @Test
    void restsAfterWorkAndNotWhenThereWasNone() {
        Queue<Optional<Work>> offered = new ArrayDeque<>(List.of(
                Optional.empty(),
                Optional.of(work("one")),
                Optional.of(work("two")),
                Optional.empty(),
                Optional.empty()));
        WorkSource source = () -> {
            if (offered.isEmpty()) {
                throw new InterruptedException("this is all");
            }
            return offered.remove();
        };
        Worker worker = new Worker(List.of(source), log, () -> happened.add("rest"));
        assertThrows(InterruptedException.class, () -> worker.workOn(SOON));
        assertEquals(List.of("one", "two", "rest"), happened);
    }

    private Work work(String name) {
        return new Work() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run() {
                happened.add(name);
            }
        };
    }
}
