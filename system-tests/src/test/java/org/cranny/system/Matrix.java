package org.cranny.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tables of {@code docs/reference/access.md} list; tests beside the code compare them with what there is. */
final class Matrix {
    private Matrix() {}

    /** The first cell of each row of the table whose first column has this name: a request, or the path of a page. */
    static List<String> rows(Path repository, String column) throws IOException {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(repository.resolve("docs/reference/access.md"))) {
            inside = line.startsWith("| " + column + " |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                rows.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        return rows;
    }
}
