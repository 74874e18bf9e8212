package org.cranny.engine.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/** Makes one run of several, in a few hundred KiB of memory; locations in dead packs are left out. */
final class RunMerge {
    /** Lookups visit at most so many runs. */
    static final int MOST_RUNS = 8;

    private RunMerge() {}

    private record Input(RunCursor cursor, int age) {}

    /**
     * How many of the newest runs to merge so that no more than {@link #MOST_RUNS} remain: two, and on as long as the
     * next older one is no bigger than those together, so that big runs are rewritten seldom.
     *
     * @param sizes newest first
     */
    static int choose(List<Long> sizes) {
        if (sizes.size() <= MOST_RUNS) {
            return 0;
        }
        int chosen = 2;
        long sum = sizes.get(0) + sizes.get(1);
        while (chosen < sizes.size() && sizes.get(chosen) <= sum) {
            sum += sizes.get(chosen++);
        }
        return chosen;
    }

    /** Writes all live records of the runs (newest first) in order; of equal ids the newest comes first. */
    static void merge(List<Run> runs, IntPredicate live, RunWriter out) throws IOException {
        Comparator<Input> byId =
                Comparator.comparing((Input input) -> input.cursor().id());
        PriorityQueue<Input> inputs = new PriorityQueue<>(byId.thenComparingInt(Input::age));
        for (int age = 0; age < runs.size(); age++) {
            offer(inputs, new Input(new RunCursor(runs.get(age)), age));
        }
        for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
            Location location = next.cursor().location();
            if (live.test(location.pack())) {
                out.add(next.cursor().id(), location);
            }
            offer(inputs, next);
        }
    }

    private static void offer(PriorityQueue<Input> inputs, Input input) throws IOException {
        if (input.cursor().advance()) {
            inputs.add(input);
        }
    }
}
