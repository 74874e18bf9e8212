package org.cranny.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.web.pages.frame.Page;
import org.junit.jupiter.api.Test;

/** Who may see which page: a page without a row here breaks the build. */
class PageRightsTest {
    private static final Map<String, String> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("/backups.xhtml", "administrator"),
            Map.entry("/browse.xhtml", "administrator"),
            Map.entry("/differences.xhtml", "administrator"),
            Map.entry("/file.xhtml", "administrator"),
            Map.entry("/job.xhtml", "administrator"),
            Map.entry("/jobs.xhtml", "administrator"),
            Map.entry("/log.xhtml", "administrator"),
            Map.entry("/master-file.xhtml", "administrator"),
            Map.entry("/overview.xhtml", "administrator"),
            Map.entry("/policies.xhtml", "administrator"),
            Map.entry("/policy.xhtml", "administrator"),
            Map.entry("/recover.xhtml", "administrator"),
            Map.entry("/recovery.xhtml", "administrator"),
            Map.entry("/restore.xhtml", "administrator"),
            Map.entry("/settings.xhtml", "administrator"),
            Map.entry("/system.xhtml", "administrator"),
            Map.entry("/systems.xhtml", "administrator")));

    @Test
    void everyPageIsForThoseItShouldBeFor() {
        assertEquals(
                EXPECTED,
                Arrays.stream(Page.values())
                        .collect(Collectors.toMap(
                                Page::path,
                                page -> String.join(" ", new TreeSet<>(page.roles())),
                                (a, b) -> a,
                                TreeMap::new)));
    }

    @Test
    void everyDocumentIsAPageOrTheLogin() throws IOException {
        Set<String> documents = new TreeSet<>();
        try (Stream<Path> all = Files.list(Path.of("src/main/webapp"))) {
            all.map(file -> "/" + file.getFileName())
                    .filter(name -> name.endsWith(".xhtml"))
                    .forEach(documents::add);
        }
        Set<String> known = new TreeSet<>(EXPECTED.keySet());
        known.add("/login.xhtml");
        assertEquals(known, documents);
    }

    @Test
    void whatIsNoPageIsForNobody() {
        assertTrue(Page.at("/WEB-INF/templates/frame.xhtml").isEmpty());
        assertTrue(Page.at("/overview.xhtml/").isEmpty());
        assertTrue(Page.at("/OVERVIEW.xhtml").isEmpty());
        assertTrue(Arrays.stream(Page.values()).noneMatch(page -> page.isFor(role -> role.equals("source"))));
    }
}
