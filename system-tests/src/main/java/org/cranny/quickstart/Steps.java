package org.cranny.quickstart;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Says what is happening, how long after the beginning, and how long each part took. */
final class Steps {

    private final PrintWriter out;
    private final long began = System.nanoTime();
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    Steps(PrintWriter out) {
        this.out = out;
    }

    synchronized void say(String line) {
        out.printf("%6.1f s  %s%n", since(began), line);
    }

    synchronized void print(String line) {
        out.println(line);
    }

    <T> T timed(String name, Supplier<T> part) {
        long from = System.nanoTime();
        T result = part.get();
        seconds.put(name, since(from));
        return result;
    }

    double secondsOf(String name) {
        return seconds.get(name);
    }

    void printTimes() {
        print(seconds.entrySet().stream()
                .map(part -> String.format("%s %.1f s", part.getKey(), part.getValue()))
                .collect(Collectors.joining(", ", "Time: ", String.format(", all %.1f s.", since(began)))));
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
