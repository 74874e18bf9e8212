package org.cranny.central.health;

import java.util.List;

/**
 * How central is, in the form of MicroProfile Health: {@code UP} when all checks are. Names and states only, since
 * everybody may ask.
 */
public record Health(String status, List<Check> checks) {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /** @param status {@code UP} or {@code DOWN} */
    public record Check(String name, String status) {
        static Check of(String name, boolean up) {
            return new Check(name, up ? UP : DOWN);
        }
    }

    static Health of(Check... checks) {
        List<Check> all = List.of(checks);
        return new Health(all.stream().allMatch(check -> check.status().equals(UP)) ? UP : DOWN, all);
    }

    public boolean up() {
        return status.equals(UP);
    }
}
