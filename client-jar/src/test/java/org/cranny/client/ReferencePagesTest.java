package org.cranny.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;

/** The reference pages say what the code does. */
class ReferencePagesTest {
    private static final Path PAGES = Path.of("../docs/reference");

    @Test
    void listsEveryProblemAsTheCodeHasIt() throws IOException {
        Pattern row = Pattern.compile("^\\| `([A-Z_]+)` \\| (\\d+) \\| (\\d+) \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);
        List<String> page = rows(row, "problems.md");
        List<String> code = Arrays.stream(ProblemKind.values())
                .map(kind -> List.of(kind.name(), kind.status(), kind.exitCode(), kind.advice())
                        .toString())
                .toList();
        assertEquals(code, page);
    }

    @Test
    void listsEveryExitCodeOfProblems() throws IOException {
        List<String> page = rows(Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE), "exit-codes.md");
        assertEquals(List.of("[0]", "[1]", "[2]", "[3]", "[4]", "[6]", "[7]", "[8]", "[130]"), page);
        for (ProblemKind kind : ProblemKind.values()) {
            assertTrue(page.contains("[" + kind.exitCode() + "]"), kind::name);
        }
    }

    private static List<String> rows(Pattern row, String page) throws IOException {
        return row.matcher(Files.readString(PAGES.resolve(page)))
                .results()
                .map(ReferencePagesTest::groups)
                .toList();
    }

    private static String groups(MatchResult result) {
        List<String> groups = new java.util.ArrayList<>();
        for (int i = 1; i <= result.groupCount(); i++) {
            groups.add(result.group(i));
        }
        return groups.toString();
    }
}
