package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.hostile.HostileNames;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever something is to be called: it is refused in one sentence, or kept and given back as it is. */
class HostileNamesTest {
    private static final List<String> NAMES = HostileNames.all();

    /** The short form tries one in so many. */
    private static final int STEP = Boolean.getBoolean("cranny.long") ? 1 : 5;

    private static final List<String> TRIED = IntStream.range(0, NAMES.size())
            .filter(index -> index % STEP == 0)
            .mapToObj(NAMES::get)
            .toList();
    private static final int LEAST_KEPT = TRIED.size() / 5;
    private static final int MOST_REFUSED = 500;

    @TempDir
    Path folder;

    @Test
    void thereAreFiveHundredOfThem() {
        assertTrue(NAMES.size() > 500, NAMES.size() + " names");
    }

    @ParameterizedTest
    @EnumSource
    void machinesAndTheirOwnersLabelsAndGroups(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Central central = bench.central;
            String token = bench.token(TRIED.size(), "source");
            long ws = bench.source("ws").id.number();
            Set<Path> before = files();
            int kept = 0;
            for (String name : TRIED) {
                kept += check("machine", name, () -> {
                    long number = central.enrollments
                            .enroll(new EnrollmentRequest(
                                    token,
                                    name,
                                    List.of("source"),
                                    new TestMachine(name).csr(),
                                    "https://10.0.0.1:9443",
                                    null))
                            .system();
                    return central.systems.find(number).orElseThrow().name();
                });
                kept += check("owner", name.strip(), () -> Optional.ofNullable(
                                central.systems.giveTo(ws, name, "admin").owner())
                        .orElse(""));
                kept += check("label", name, () -> {
                    central.labels.set("admin", ws, List.of(name));
                    return central.labels.of(ws).get(0);
                });
                kept += check("group", name, () -> {
                    central.policies.set("admin", Scope.GROUP, name, JsonObject.EMPTY_JSON_OBJECT);
                    return central.policies.get(Scope.GROUP, name).name();
                });
            }
            assertTrue(kept > LEAST_KEPT, kept + " were kept");
            assertEquals(before, files(), "no name is the name of a file");
        }
    }

    private Set<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !file.getFileName().toString().startsWith("central."))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIntoPoliciesAndJobs(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Central central = bench.central;
            TestMachine source = bench.source("ws");
            long ws = source.id.number();
            String scope = Long.toString(ws);
            int kept = 0;
            for (String name : TRIED) {
                kept += check("exclude", name, () -> {
                    central.policies.set(
                            "admin",
                            Scope.SYSTEM,
                            scope,
                            Json.createObjectBuilder()
                                    .add("excludes", Json.createArrayBuilder().add(name))
                                    .build());
                    return central.policies
                            .get(Scope.SYSTEM, scope)
                            .policy()
                            .excludes()
                            .get(0);
                });
                kept += check("path of a policy", name, () -> {
                    central.policies.set("admin", Scope.PATH, name, JsonObject.EMPTY_JSON_OBJECT);
                    return central.policies.get(Scope.PATH, name).name();
                });
                kept += check("path of a job", name, () -> {
                    long job = central.jobs
                            .order("admin", ws, new JobRequest("BACKUP", null, List.of("/" + name), null))
                            .id();
                    return central.jobs.paths(job, 1).paths().get(0).substring(1);
                });
            }
            assertTrue(kept > LEAST_KEPT, kept + " were kept");
        }
    }

    @Test
    void namesOfFilesComeBackAsTheyAreAndNeverBreakALine() throws MalformedException {
        for (String name : NAMES) {
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            String text = PathNotation.of(octets);
            assertEquals(
                    -1, text.chars().filter(Character::isISOControl).findFirst().orElse(-1), name);
            assertEquals(name(octets), name(PathNotation.octets(text)));
        }
    }

    private static String name(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** @return 1 when it was kept, 0 when it was refused */
    private static int check(String what, String name, Callable<String> deed) throws Exception {
        try {
            assertEquals(name, deed.call(), what);
            return 1;
        } catch (ProblemException e) {
            ProblemKind kind = ProblemKind.valueOf(e.problem().kind());
            assertTrue(kind.status() < 500, () -> what + " " + e.problem());
            String sentence = Optional.ofNullable(e.getMessage()).orElse("");
            assertTrue(
                    sentence.length() <= MOST_REFUSED && sentence.chars().noneMatch(Character::isISOControl),
                    () -> what + " is refused with " + sentence);
            return 0;
        } catch (RuntimeException e) {
            throw new AssertionError(what + " " + PathNotation.of(name.getBytes(StandardCharsets.UTF_8)), e);
        }
    }
}
