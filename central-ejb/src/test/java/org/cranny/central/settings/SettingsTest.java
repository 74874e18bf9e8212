package org.cranny.central.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings defaults = Settings.of(Map.of());

    @Test
    void smallRealmsAreQuickAndGreatOnesCalm() {
        assertEquals(15, defaults.heartbeatSeconds(3));
        assertEquals(45, defaults.heartbeatSeconds(10_000));
        assertEquals(Duration.ofSeconds(45), defaults.suspectAfter(3));
        assertEquals(Duration.ofSeconds(135), defaults.suspectAfter(10_000));
        assertEquals(Duration.ofMillis(1_018), defaults.masterFileDelay(3));
        assertEquals(Duration.ofMinutes(1), defaults.masterFileDelay(10_000));
    }

    @Test
    void whatIsSetWins() {
        Settings set = Settings.of(Map.of("cranny.host.suspect-seconds", " 4 "));
        assertEquals(Duration.ofSeconds(4), set.suspectAfter(3));
    }

    @Test
    void nobodysLeaveIsNeededOnlyWhereThereIsOneAdministrator() {
        assertEquals(ApprovalRule.SECOND_PERSON_OR_WAIT, defaults.approvalRule());
        assertEquals(
                ApprovalRule.NONE,
                Settings.of(Map.of("cranny.ldap.embedded", "true")).approvalRule());
        assertEquals(
                ApprovalRule.SECOND_PERSON,
                Settings.of(Map.of("cranny.ldap.embedded", "true", "cranny.approval.rule", "second-person"))
                        .approvalRule());
        Settings wrong = Settings.of(Map.of("cranny.approval.rule", "sometimes"));
        assertTrue(assertThrows(IllegalStateException.class, wrong::approvalRule)
                .getMessage()
                .startsWith("cranny.approval.rule"));
    }

    @Test
    void certificatesLiveNinetyDaysAtMost() {
        assertEquals(Duration.ofDays(90), defaults.certificateLife());
        assertEquals(
                Duration.ofDays(1),
                Settings.of(Map.of("cranny.certificate.days", "1")).certificateLife());
        for (String days : List.of("0", "91", "-3")) {
            Settings wrong = Settings.of(Map.of("cranny.certificate.days", days));
            assertTrue(assertThrows(IllegalStateException.class, wrong::certificateLife)
                    .getMessage()
                    .startsWith("cranny.certificate.days is 1 to 90"));
        }
    }

    @Test
    void wrongSettingIsNamed() {
        Settings wrong = Settings.of(Map.of("cranny.certificate.days", "ninety"));
        assertTrue(assertThrows(IllegalStateException.class, wrong::certificateLife)
                .getMessage()
                .startsWith("cranny.certificate.days"));
        assertTrue(assertThrows(IllegalStateException.class, defaults::home)
                .getMessage()
                .startsWith("cranny.home"));
    }

    @Test
    void everySettingStandsInTheReference() throws IOException {
        Set<String> page =
                new TreeSet<>(names("^\\| `(cranny\\.[a-z.-]+)` \\|", Path.of("../docs/reference/configuration.md")));
        Set<String> code = new TreeSet<>();
        for (Path module : List.of(Path.of("src/main/java"), Path.of("../central-web/src/main/java"))) {
            try (Stream<Path> files = Files.walk(module)) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".java")).toList()) {
                    code.addAll(names("\"(cranny\\.[a-z.-]*[a-z])\"", file));
                    names("text\\(config, \"([a-z-]+)\"", file).forEach(name -> code.add("cranny.ldap." + name));
                }
            }
        }
        code.addAll(names("setting \"(cranny\\.[a-z.-]+)\"", Path.of("../server-config/central/make-domain.sh")));
        assertEquals(code, page);
    }

    @Test
    void aNameThatMeansNothingStopsTheStartAndARenamedOneSaysHowItIsCalledNow() {
        SettingsCheck.check(Set.of("cranny.home", "cranny.host.lost-office-seconds", "mp.something"));
        assertEquals(
                "central.properties: the setting cranny.repair.office-seconds is called"
                        + " cranny.host.lost-office-seconds now: rename it",
                assertThrows(
                                IllegalStateException.class,
                                () -> SettingsCheck.check(Set.of("cranny.repair.office-seconds")))
                        .getMessage());
        assertTrue(assertThrows(IllegalStateException.class, () -> SettingsCheck.check(Set.of("cranny.aproval.rule")))
                .getMessage()
                .contains("there is no setting cranny.aproval.rule"));
    }

    private static List<String> names(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
