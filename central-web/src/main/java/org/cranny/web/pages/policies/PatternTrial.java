package org.cranny.web.pages.policies;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import org.cranny.central.policy.Patterns;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.words.Texts;

/** Tries patterns on paths; all of it stands in the address, so that a puzzle can be sent to somebody. */
@Named
@RequestScoped
public class PatternTrial {
    private static final int MOST = 50;
    private static final int LONGEST = 4_000;

    @Inject
    Patterns patterns;

    @Inject
    Address address;

    private String rules;
    private String paths;

    /** What becomes of a path. */
    public record Verdict(String path, String tone, String said) {}

    @PostConstruct
    void look() {
        rules = address.lines("patterns")
                .filter(text -> text.length() <= LONGEST)
                .orElse("*.tmp\n/home/*/.cache/\n!keep.tmp");
        paths = address.lines("paths")
                .filter(text -> text.length() <= LONGEST)
                .orElse("/home/anna/a.tmp\n/home/anna/keep.tmp\n/home/anna/.cache/x");
    }

    public String getRules() {
        return rules;
    }

    public String getPaths() {
        return paths;
    }

    public boolean isTried() {
        return address.lines("patterns").isPresent();
    }

    public List<String> getHopeless() {
        return patterns.hopeless(lines(rules));
    }

    public List<Verdict> getVerdicts() {
        List<String> all = lines(rules);
        return lines(paths).stream()
                .map(path -> {
                    Patterns.Verdict verdict = patterns.attempt(all, path);
                    String tone =
                            switch (verdict) {
                                case TAKEN -> "good";
                                case LEFT_OUT, UNREACHED -> "warn";
                                case NO_PATH -> "bad";
                            };
                    return new Verdict(path, tone, Texts.say("trial." + verdict));
                })
                .toList();
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\\R"))
                .filter(line -> !line.isBlank())
                .limit(MOST)
                .toList();
    }
}
