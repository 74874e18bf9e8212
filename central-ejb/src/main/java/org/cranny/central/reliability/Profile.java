package org.cranny.central.reliability;

import java.nio.ByteBuffer;

/**
 * How well a host could be reached in each of the 168 hours of the week, Monday 00:00 UTC first. Each week counts
 * {@value #WEEK_FADES_TO} of the one after it, whether anybody looked or not.
 */
final class Profile {
    static final int HOURS = 168;
    static final double WEEK_FADES_TO = 0.7;

    private static final int SECONDS = 3_600;

    /** 1970 began on a Thursday. */
    private static final int THURSDAY = 72;

    private final float[] reached = new float[HOURS];
    private final float[] weight = new float[HOURS];
    private long newestHour;

    Profile() {}

    Profile(byte[] octets, long newestHour) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        for (int i = 0; i < HOURS; i++) {
            reached[i] = in.getFloat();
            weight[i] = in.getFloat();
        }
        this.newestHour = newestHour;
    }

    static int hourOfWeek(long epochHour) {
        return (int) Math.floorMod(epochHour + THURSDAY, (long) HOURS);
    }

    /** @param share 0..1 of this time @param second at which it began */
    void add(double share, long seconds, long second) {
        long hour = Math.floorDiv(second, (long) SECONDS);
        turn(hour);
        double late = Math.pow(WEEK_FADES_TO, (newestHour - hour) / HOURS);
        double hours = (double) seconds / SECONDS * late;
        reached[hourOfWeek(hour)] += (float) (share * hours);
        weight[hourOfWeek(hour)] += (float) hours;
    }

    /** Every hour that begins fades what was seen in it in the weeks before. */
    private void turn(long hour) {
        if (newestHour == 0) {
            newestHour = hour;
        }
        long weeks = (hour - newestHour) / HOURS;
        if (weeks > 0) {
            float fade = (float) Math.pow(WEEK_FADES_TO, weeks);
            for (int i = 0; i < HOURS; i++) {
                reached[i] *= fade;
                weight[i] *= fade;
            }
            newestHour += weeks * HOURS;
        }
        while (newestHour < hour) {
            newestHour++;
            reached[hourOfWeek(newestHour)] *= (float) WEEK_FADES_TO;
            weight[hourOfWeek(newestHour)] *= (float) WEEK_FADES_TO;
        }
    }

    /** Null when nobody looked at that hour. */
    Double share(int hourOfWeek) {
        return weight[hourOfWeek] > 0 ? (Double) (double) (reached[hourOfWeek] / weight[hourOfWeek]) : null;
    }

    /** Hours that were watched, faded. */
    double watched() {
        double sum = 0;
        for (float hours : weight) {
            sum += hours;
        }
        return sum;
    }

    /** Share of all that was watched, 0 when nothing was. */
    double share() {
        double sum = 0;
        for (float hours : reached) {
            sum += hours;
        }
        return watched() > 0 ? sum / watched() : 0;
    }

    long newestHour() {
        return newestHour;
    }

    byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(HOURS * 8);
        for (int i = 0; i < HOURS; i++) {
            out.putFloat(reached[i]).putFloat(weight[i]);
        }
        return out.array();
    }
}
