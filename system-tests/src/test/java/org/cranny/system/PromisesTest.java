package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of what is always true and of what holds against attackers name the tests that see it. */
class PromisesTest {
    private static final Path REPOSITORY =
            Path.of(System.getProperty("user.dir")).getParent();
    private static final Pattern PROMISE = Pattern.compile("^\\| (T?\\d+) \\| .* \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern GAP = Pattern.compile("^\\| (T\\d+) \\| [^|]* \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:#(\\w+))?`");
    private static final Pattern TEST = Pattern.compile("(\\w+(?:Test|IT|Contract))\\.java");
    private static final String NONE = "no test yet";

    @ParameterizedTest
    @ValueSource(strings = {"invariants.md", "threat-model.md"})
    void everyPromiseHasItsNumberAndNamesTestsThatAreThere(String page) throws IOException {
        Map<String, String> tests = tests();
        Set<String> numbers = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (MatchResult promise : rows(page, PROMISE)) {
            String number = promise.group(1);
            if (!numbers.add(number)) {
                wrong.add(number + " is there twice");
            }
            List<MatchResult> named = NAME.matcher(promise.group(2)).results().toList();
            if (named.isEmpty() && !promise.group(2).contains(NONE)) {
                wrong.add(number + " names no test");
            }
            named.stream()
                    .filter(name -> !isThere(tests, name.group(1), name.group(2)))
                    .forEach(name -> wrong.add(number + " names " + name.group()));
        }
        assertEquals(List.of(), wrong);
        assertTrue(numbers.size() > 50, numbers::toString);
    }

    @Test
    void whatNoTestSeesYetIsGatheredAtTheEnd() throws IOException {
        Set<String> owed = rows("threat-model.md", PROMISE).stream()
                .filter(promise -> promise.group(2).contains(NONE))
                .map(promise -> promise.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> gathered = rows("threat-model.md", GAP).stream()
                .map(gap -> gap.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(owed, gathered);
    }

    private static boolean isThere(Map<String, String> tests, String name, String method) {
        return tests.containsKey(name) && (method == null || tests.get(name).contains("\n    void " + method + "("));
    }

    private static List<MatchResult> rows(String page, Pattern row) throws IOException {
        return row.matcher(Files.readString(REPOSITORY.resolve("docs").resolve(page)))
                .results()
                .toList();
    }

    /** The text of every test by the name of its class; of two with one name, both. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path folder : folders()) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.toList()) {
                    var name = TEST.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        tests.merge(name.group(1), Files.readString(file), String::concat);
                    }
                }
            }
        }
        return tests;
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            return modules.flatMap(module -> Stream.of(module, module.resolve("tests")))
                    .map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
