package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.access.ApiToken;
import org.cranny.central.access.ApiTokenRequest;
import org.cranny.central.access.Bearer;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenTest {
    private static final Set<String> ROLES = Set.of("administrator", "auditor");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void isShownOnceKeptAsHashAndGoodUntilItIsRevoked(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            ApiToken made = make(bench, "anna", new ApiTokenRequest("reports", List.of("auditor"), null, 7));
            assertEquals(
                    Optional.of(new Bearer("anna", Set.of("auditor"), true)), bench.central.tokens.find(made.token()));
            assertNull(bench.central.tokens.list("anna", 10).get(0).token());
            assertNotNull(bench.central.tokens.list("anna", 10).get(0).used());
            assertFalse(stored(bench).contains(made.token()));
            Bench.refused(ProblemKind.NOT_FOUND, () -> {
                bench.central.tokens.revoke("bert", made.id(), false);
            });
            bench.central.tokens.revoke("anna", made.id(), false);
            bench.central.tokens.revoke("anna", made.id(), false);
            assertEquals(Optional.empty(), bench.central.tokens.find(made.token()));
            List<String> actions = bench.central.log.newest(10).stream()
                    .map(line -> line.actor() + " " + line.action())
                    .toList();
            assertTrue(actions.containsAll(List.of("anna token made", "anna token revoked")), actions::toString);
            assertFalse(bench.central.log.newest(10).toString().contains(made.token()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withAnyCharacterChangedLeftOutOrAddedItIsNone(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            String token = make(bench, "anna", new ApiTokenRequest("reports", null, false, 7))
                    .token();
            for (int i = 0; i < token.length(); i++) {
                String begin = token.substring(0, i);
                String end = token.substring(i + 1);
                char other = token.charAt(i) == 'A' ? 'B' : 'A';
                for (String spoilt : List.of(begin + other + end, begin + end, begin + other + token.substring(i))) {
                    assertEquals(Optional.empty(), bench.central.tokens.find(spoilt), spoilt);
                }
            }
            for (String spoilt : List.of("", token + token, token.substring(1), token + "\0", "%", "_")) {
                assertEquals(Optional.empty(), bench.central.tokens.find(spoilt), spoilt);
            }
            assertTrue(bench.central.tokens.find(token).isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isGoodForNothingAfterItsTime(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            ApiToken made = make(bench, "anna", new ApiTokenRequest("reports", null, false, 1));
            ApiToken login = bench.central.tokens.begin("anna", ROLES);
            bench.clock.advance(Duration.ofHours(1).minusMillis(1));
            assertTrue(bench.central.tokens.find(login.token()).isPresent());
            bench.clock.advance(Duration.ofMillis(1));
            assertTrue(bench.central.tokens.find(login.token()).isEmpty());
            assertFalse(bench.central.tokens.find(made.token()).orElseThrow().reading());
            bench.clock.advance(Duration.ofHours(23));
            assertTrue(bench.central.tokens.find(made.token()).isEmpty());
            assertEquals(List.of(), bench.central.tokens.list(null, 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyAsksForMoreThanTheyHave(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            for (ApiTokenRequest wrong : List.of(
                    new ApiTokenRequest("t", List.of("recovery-officer"), null, null),
                    new ApiTokenRequest("t", List.of(), null, null),
                    new ApiTokenRequest(" ", null, null, null),
                    new ApiTokenRequest("a\nb", null, null, null),
                    new ApiTokenRequest("t", null, null, 0),
                    new ApiTokenRequest("t", null, null, 367))) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> make(bench, "anna", wrong));
            }
            for (int i = 0; i < 100; i++) {
                bench.central.tokens.begin("anna", ROLES);
            }
            Bench.refused(ProblemKind.TOO_OFTEN, () -> bench.central.tokens.begin("anna", ROLES));
            bench.central.tokens.begin("bert", ROLES);
            bench.clock.advance(Duration.ofHours(1));
            bench.central.tokens.begin("anna", ROLES);
        }
    }

    private static ApiToken make(Bench bench, String owner, ApiTokenRequest request) {
        return bench.central.tokens.make(owner, ROLES, request);
    }

    private static String stored(Bench bench) throws Exception {
        StringBuilder all = new StringBuilder();
        try (Connection connection = bench.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from api_token")) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    all.append(rows.getString(i)).append(' ');
                }
            }
        }
        return all.toString();
    }
}
