package org.cranny.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.recovery.RecoveryState;
import org.cranny.central.recovery.Way;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.masterfile.Host;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Texts;
import org.junit.jupiter.api.Test;

/** Every sentence of the pages is there. */
class TextsTest {
    private static final Pattern IN_PAGE = Pattern.compile("\\bw\\['([^']+)'\\]");
    private static final Pattern IN_CODE = Pattern.compile("Texts\\.(say|count)\\(\\s*\"([^\"]+)\"\\s*[,)]");

    @Test
    void whatPagesNameIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : files("src/main/webapp", ".xhtml")) {
            Matcher key = IN_PAGE.matcher(Files.readString(file));
            while (key.find()) {
                if (!Texts.has(key.group(1))) {
                    missing.add(key.group(1));
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatCodeNamesIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : files("src/main/java/org/cranny/web/pages", ".java")) {
            Matcher key = IN_CODE.matcher(Files.readString(file));
            while (key.find()) {
                String name = key.group(2);
                boolean there = key.group(1).equals("say")
                        ? Texts.has(name)
                        : Texts.has(name + ".one") && Texts.has(name + ".many");
                if (!there) {
                    missing.add(name);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void whateverCanBeHasItsWords() {
        Stream.of(
                        Stream.of(AlertKind.values()).map(each -> "need.alert." + each),
                        Stream.of(Host.State.values())
                                .map(each -> "state." + each.name().toLowerCase()),
                        Stream.of(Host.State.values()).map(each -> "holder." + each),
                        Stream.of(JobKind.values()).map(each -> "job.kind." + each),
                        Stream.of(JobState.values()).map(each -> "job.state." + each),
                        Stream.of(JobState.values()).map(each -> "job.headline." + each),
                        Stream.of("PAUSED", "BATTERY", "METERED", "IN_USE").map(each -> "job.hold." + each),
                        Stream.of(RecoveryState.values()).map(each -> "recovery." + each),
                        Stream.of(Way.values()).map(each -> "way." + each),
                        Page.menu().stream().map(each -> "menu." + each.name().toLowerCase()))
                .flatMap(keys -> keys)
                .forEach(key -> assertTrue(Texts.has(key), key + " has no words"));
    }

    @Test
    void placesAreFilled() {
        assertEquals("3 of 4 machines are protected.", Texts.count("overview.headline.some", 4, 3L));
        assertEquals("The one machine here is protected.", Texts.count("overview.headline.all", 1));
    }

    private static Iterable<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
