package org.cranny.web.pages.overview;

import java.util.List;
import org.cranny.central.system.Coverage;
import org.cranny.web.pages.words.Texts;

/**
 * One of what a new realm needs before anything in it is protected.
 *
 * @param name in the texts
 * @param done it is there
 * @param now it is the first that is not
 */
public record FirstStep(String name, boolean done, boolean now) {
    /** Those that lend space: a backup is kept twice, and no machine keeps its own. */
    static final int HOSTS = 3;

    /** All of them, in their order. @param installing whether central has programs for machines @param policy whether one is set */
    static List<FirstStep> of(Coverage coverage, boolean installing, boolean policy) {
        boolean joined = coverage.hosts() > 0;
        boolean enough = coverage.hosts() >= HOSTS;
        boolean backedUp = coverage.sources() > coverage.neverBackedUp();
        boolean programs = installing || joined;
        return List.of(
                new FirstStep("programs", programs, !programs),
                new FirstStep("host", joined, programs && !joined),
                new FirstStep("hosts", enough, joined && !enough),
                new FirstStep("policy", policy, enough && !policy),
                new FirstStep("backup", backedUp, enough && policy && !backedUp));
    }

    public String title() {
        return Texts.say("first." + name);
    }

    public String style() {
        return done ? "past" : now ? "now" : "";
    }

    public String current() {
        return now ? "step" : "false";
    }
}
