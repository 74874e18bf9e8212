package org.cranny.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    private static final Path MATRIX = Path.of("../docs/reference/access.md");
    private static final List<String> PEOPLE =
            List.of("owner", "helpdesk", "administrator", "recovery-officer", "auditor");

    @Test
    void everyPageIsForThoseTheMatrixSays() throws IOException {
        assertEquals(
                matrix(),
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
        Set<String> known = new TreeSet<>(matrix().keySet());
        known.add("/login.xhtml");
        assertEquals(known, documents);
    }

    /** Otherwise the gate could not tell whose machine it is. */
    @Test
    void everyPageForOwnersIsAboutAMachineOrNarrowsItsLists() {
        assertEquals(
                Set.of(Page.MINE, Page.RECOVERY, Page.JOB),
                Arrays.stream(Page.values())
                        .filter(page -> page.isFor("owner"::equals))
                        .filter(page -> page.machine().isEmpty())
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyServletIsFetchedByPagesOrAnswersFailures() throws IOException {
        Set<String> served = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.cranny.web")) {
            each.tryGetAnnotationOfType(WebServlet.class)
                    .ifPresent(servlet -> Stream.of(servlet.value(), servlet.urlPatterns())
                            .flatMap(Arrays::stream)
                            .forEach(served::add));
        }
        Set<String> known = new TreeSet<>(Set.of("/error"));
        boolean inside = false;
        for (String line : Files.readAllLines(MATRIX)) {
            inside = line.startsWith("| Fetched by pages |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                known.add(line.substring(line.indexOf('/'), line.indexOf('`', 3)));
            }
        }
        assertEquals(known, served);
    }

    @Test
    void whoeverHasARoleHasAFirstPage() {
        PEOPLE.forEach(role -> assertEquals(
                role.equals("owner") ? Page.MINE : Page.OVERVIEW,
                Page.first(role::equals).orElseThrow()));
        assertTrue(Page.first("source"::equals).isEmpty());
    }

    @Test
    void whatIsNoPageIsForNobody() {
        assertTrue(Page.at("/WEB-INF/templates/frame.xhtml").isEmpty());
        assertTrue(Page.at("/overview.xhtml/").isEmpty());
        assertTrue(Page.at("/OVERVIEW.xhtml").isEmpty());
        assertTrue(Arrays.stream(Page.values()).noneMatch(page -> page.isFor(role -> role.equals("source"))));
    }

    /** The rows of {@code docs/reference/access.md} that are pages: who sees each, by name. */
    private static Map<String, String> matrix() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        for (String line : Files.readAllLines(MATRIX)) {
            if (line.startsWith("| `/")) {
                List<String> cells =
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
                pages.put(
                        cells.get(1).replace("`", ""),
                        PEOPLE.stream()
                                .filter(role -> cells.get(2 + PEOPLE.indexOf(role))
                                        .equals(role.equals("owner") ? "own" : "yes"))
                                .sorted()
                                .collect(Collectors.joining(" ")));
            }
        }
        return pages;
    }
}
