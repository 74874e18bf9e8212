package org.cranny.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Times requests, one after another, and prints a line for each. Times are from the first octet sent to the last one read. */
final class Stopwatch {
    private static final int PERCENT = 95;

    private final int warm;
    private final int rounds;
    private final long most;
    private final String only;
    private boolean slow;

    /** @param most milliseconds that the median may take @param only what is in the names of what is timed */
    Stopwatch(int warm, int rounds, long most, String only) {
        this.warm = warm;
        this.rounds = rounds;
        this.most = most;
        this.only = only;
        System.out.printf("%-78s %8s %8s %8s %9s%n", "request", "first", "median", PERCENT + "th", "octets");
    }

    /** A request that can be repeated. */
    interface Request {
        HttpResponse<String> send() throws IOException;
    }

    /** @throws IOException when anything but 200 is answered */
    void time(String name, Request request) throws IOException {
        if (!name.contains(only)) {
            return;
        }
        double first = 0;
        double[] millis = new double[rounds];
        int octets = 0;
        for (int round = -1 - warm; round < rounds; round++) {
            long from = System.nanoTime();
            HttpResponse<String> answer = request.send();
            double took = (System.nanoTime() - from) / 1e6;
            if (answer.statusCode() != 200) {
                throw new IOException(name + " answered " + answer.statusCode());
            }
            if (round == -1 - warm) {
                first = took;
                octets = answer.body().getBytes(StandardCharsets.UTF_8).length;
            } else if (round >= 0) {
                millis[round] = took;
            }
        }
        Arrays.sort(millis);
        double median = millis[rounds / 2];
        slow |= median > most;
        System.out.printf(
                "%-78s %8.1f %8.1f %8.1f %9d%s%n",
                brief(name),
                first,
                median,
                millis[(rounds - 1) * PERCENT / 100],
                octets,
                median > most ? "  SLOW" : "");
    }

    /** Whether the median of anything was more than it may be. */
    boolean slow() {
        return slow;
    }

    private static String brief(String name) {
        return name.replaceAll("[0-9a-f]{64}", "…").replace("%2F", "/");
    }
}
