package org.cranny.protocol.kill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.cranny.protocol.kill.KilledJvm.End;
import org.cranny.protocol.kill.KilledJvm.Point;
import org.cranny.protocol.kill.KilledJvm.Seen;

/**
 * Chooses where a JVM dies next, so that each step of its work is hit as often as the others, and counts.
 *
 * @param <S> the steps
 */
public final class Kills<S extends Enum<S>> {
    private static final int TRIES_FOR_A_KILL = 4;

    private final Class<S> steps;
    private final Function<Seen, Optional<S>> stepOf;
    private final int wanted;
    private final int wantedAtEachStep;
    private final Random random;
    private final Map<S, Integer> counts;
    private final Map<S, List<Point>> points;
    private int killed;
    private int missed;

    /** @param stepOf the step to which a call belongs; empty when it is none of the work */
    public Kills(Class<S> steps, Function<Seen, Optional<S>> stepOf, int wanted, int wantedAtEachStep, Random random) {
        this.steps = steps;
        this.stepOf = stepOf;
        this.wanted = wanted;
        this.wantedAtEachStep = wantedAtEachStep;
        this.random = random;
        counts = new EnumMap<>(steps);
        points = new EnumMap<>(steps);
        EnumSet.allOf(steps).forEach(step -> counts.put(step, 0));
    }

    /**
     * Points of death, from a run that came to its end; those of earlier runs are forgotten.
     *
     * @throws AssertionError when it did not come through every step
     */
    public void learn(List<Seen> seen) {
        points.clear();
        for (Seen each : seen) {
            stepOf.apply(each).ifPresent(step -> points.computeIfAbsent(step, one -> new ArrayList<>())
                    .add(each.point()));
        }
        Set<S> never = EnumSet.allOf(steps);
        never.removeAll(points.keySet());
        if (!never.isEmpty()) {
            throw new AssertionError("no call belongs to " + never);
        }
    }

    /** One of the points of the step that was hit least. @throws AssertionError when it is missed again and again */
    public Point aim() {
        if (missed > TRIES_FOR_A_KILL * (wanted + 10)) {
            throw new AssertionError("too many runs come to their end: " + this);
        }
        List<Point> candidates = points.get(counts.entrySet().stream()
                .min(Comparator.comparingInt(Map.Entry<S, Integer>::getValue).thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey());
        return candidates.get(random.nextInt(candidates.size()));
    }

    /** Takes note of how a run ended. */
    public void count(End end) {
        Optional<S> step = end.killed() ? stepOf.apply(end.last()) : Optional.empty();
        if (step.isPresent()) {
            counts.merge(step.get(), 1, Integer::sum);
            killed++;
        } else {
            missed++;
        }
    }

    public boolean enough() {
        return killed >= wanted && counts.values().stream().allMatch(count -> count >= wantedAtEachStep);
    }

    /** The numbers, by step. */
    @Override
    public String toString() {
        return killed + " kills " + counts + ", " + missed + " came to their end";
    }
}
