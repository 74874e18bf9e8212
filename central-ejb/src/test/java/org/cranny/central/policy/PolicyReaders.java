package org.cranny.central.policy;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** Policies as people write them, and the times in them. */
public final class PolicyReaders {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

    private PolicyReaders() {}

    public static List<Reader> all() {
        return List.of(
                new Reader(
                        "policy-document",
                        List.of(MalformedException.class, JsonException.class, ProblemException.class),
                        Texts.seeds(
                                "{\"paths\":[\"/home\"],\"excludes\":[\"*.tmp\",\"/home/*/cache\"],\"copies\":3,"
                                        + "\"schedule\":{\"times\":[\"30 2 * * 1-5\"],\"zone\":\"Europe/Berlin\",\"jitterMinutes\":5,"
                                        + "\"window\":{\"from\":\"22:00\",\"to\":\"06:00\"}},\"retention\":{\"daily\":7},"
                                        + "\"bandwidth\":{\"uploadBytesPerSecond\":100000,\"hours\":[{\"days\":[\"MON\"],"
                                        + "\"from\":\"08:00\",\"to\":\"18:00\",\"uploadBytesPerSecond\":0}]},"
                                        + "\"hooks\":{\"pre\":[\"/bin/true\"],\"failure\":\"stop\"},"
                                        + "\"compression\":{\"codec\":\"zstd\",\"level\":3},\"battery\":{\"abovePercent\":50}}"),
                        PolicyReaders::policy),
                Reader.of(
                        "cron",
                        ProblemException.class,
                        Texts.seeds(
                                "30 2 * * 1-5",
                                "*/5 0-6,22 1,15 JAN-MAR *",
                                "0 0 29 2 *",
                                "0 3 31 * MON#1",
                                "0 0 L * *"),
                        PolicyReaders::cron));
    }

    private static void policy(byte[] octets) throws MalformedException {
        try (JsonReader reader = Json.createReader(new StringReader(ClosedJson.text(octets)))) {
            Policy policy = Documents.read(reader.readObject());
            Validity.check(Scope.SYSTEM, policy);
            Documents.parse(Documents.text(policy));
        }
    }

    private static void cron(byte[] octets) {
        Policy.Schedule schedule = new Policy.Schedule(List.of(Texts.text(octets)), "Europe/Berlin", 5, null, null);
        Times times = Times.of(schedule, 7);
        times.next(NOW);
        times.upcoming(NOW, 10, NOW.plusSeconds(86_400 * 400L));
    }
}
