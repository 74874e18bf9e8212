package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What systemd lets the programs do. */
class UnitsTest {
    private static final Path REPOSITORY =
            Path.of(System.getProperty("user.dir")).getParent();
    private static final Path PACKAGING = REPOSITORY.resolve("packaging");

    @ParameterizedTest
    @ValueSource(strings = {"daemon/cranny-daemon.service", "central/cranny-central.service"})
    void whatListensIsExposedAtMostByTwo(String unit) {
        Command.Outcome outcome = Command.run(
                PACKAGING, List.of("systemd-analyze", "security", "--offline=true", "--threshold=20", unit), Map.of());
        System.out.println(outcome.lastLine());
        assertEquals(0, outcome.exit(), () -> outcome.lastLine() + outcome.errors());
    }

    /** Each right of the agent has its reason in the docs, and none is there beside them. */
    @Test
    void theAgentsRightsStandInTheDocs() throws IOException {
        Pattern right = Pattern.compile("CAP_[A-Z_]+");
        TreeSet<String> given = new TreeSet<>();
        Files.readAllLines(PACKAGING.resolve("client/cranny-agent.service")).stream()
                .filter(line -> line.startsWith("CapabilityBoundingSet="))
                .forEach(line -> right.matcher(line).results().forEach(found -> given.add(found.group())));
        TreeSet<String> explained = new TreeSet<>();
        Files.readAllLines(REPOSITORY.resolve("docs/operating/agent.md")).stream()
                .filter(line -> line.startsWith("| `CAP_"))
                .forEach(line -> right.matcher(line).results().forEach(found -> explained.add(found.group())));
        assertTrue(given.size() > 1);
        assertEquals(given, explained);
    }
}
