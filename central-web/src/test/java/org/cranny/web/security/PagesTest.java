package org.cranny.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final List<String> PEOPLE =
            List.of("owner", "helpdesk", "administrator", "recovery-officer", "auditor");

    @Test
    void everyPageIsForThoseTheMatrixSays() throws IOException {
        assertEquals(matrix(), new TreeMap<>(Pages.ROWS));
    }

    @Test
    void everyPageHasARow() throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP)) {
            List<String> missing = files.map(file -> "/" + WEBAPP.relativize(file))
                    .filter(page -> page.endsWith(".xhtml"))
                    .filter(page -> !page.startsWith("/WEB-INF/") && !page.startsWith("/resources/"))
                    .filter(page -> !page.equals("/login.xhtml") && !Pages.ROWS.containsKey(page))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @Test
    void aPageThatIsNotListedIsForAdministratorsAlone() {
        assertTrue(Pages.isFor("/other.xhtml", Set.of(Roles.ADMINISTRATOR)));
        assertFalse(Pages.isFor("/other.xhtml", Set.of(Roles.AUDITOR, Roles.HELPDESK)));
        assertFalse(Pages.isFor("/overview.xhtml", Set.of()));
    }

    private static Map<String, Set<String>> matrix() throws IOException {
        Map<String, Set<String>> pages = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/reference/access.md"))) {
            String[] cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            if (line.startsWith("| `/")) {
                Set<String> roles = new TreeSet<>();
                for (int i = 0; i < PEOPLE.size(); i++) {
                    if (cells[2 + i].equals("yes")) {
                        roles.add(PEOPLE.get(i));
                    }
                }
                pages.put(cells[1].replace("`", ""), roles);
            }
        }
        return pages;
    }
}
