package org.cranny.web.api;

import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** The bodies of all requests to the API, and ranges. */
public final class BodyReaders {
    private static final List<Class<?>> BODIES = Api.RESOURCES.stream()
            .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(POST.class) || method.isAnnotationPresent(PUT.class))
            .flatMap(method -> Stream.of(method.getParameters()))
            .filter(parameter -> parameter.getAnnotations().length == 0)
            .<Class<?>>map(Parameter::getType)
            .filter(Class::isRecord)
            .distinct()
            .sorted(Comparator.comparing(Class::getName))
            .toList();

    private static final String SEED = "{\"name\":\"a\",\"user\":\"root\",\"roles\":[\"daemon\"],\"targets\":[\"ws\"],"
            + "\"paths\":[\"/a\"],\"dryRun\":true,\"system\":7,\"bytes\":3,\"days\":30,\"csr\":\"c\",\"token\":\"t\","
            + "\"looks\":[{\"system\":1,\"time\":2,\"outcome\":\"REACHED\",\"millis\":3}],\"boots\":1,\"version\":\"1\","
            + "\"counters\":{\"puts\":1},\"capacity\":{\"quotaBytes\":1},\"placements\":[{\"pack\":\"ab\","
            + "\"fragments\":[{\"number\":0,\"receipt\":\"r\"}]}],\"state\":\"DONE\",\"manifest\":\"m\"}";

    private BodyReaders() {}

    public static List<Reader> all() {
        return List.of(
                new Reader(
                        "api-body",
                        List.of(MalformedException.class, JsonbException.class),
                        java.util.stream.IntStream.range(0, BODIES.size())
                                .mapToObj(i -> Texts.join(new byte[] {(byte) i}, Texts.octets(SEED)))
                                .toList(),
                        BodyReaders::body),
                new Reader(
                        "octet-range",
                        List.of(),
                        Texts.seeds("bytes=0-9", "bytes=5-", "bytes=-7", "bytes=7-3"),
                        BodyReaders::range));
    }

    /** The first octet says which body the others are. */
    private static void body(byte[] octets) throws MalformedException {
        if (octets.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(octets, 1, octets.length);
        try {
            StrictJson.JSON.fromJson(ClosedJson.text(body), BODIES.get((octets[0] & 0xff) % BODIES.size()));
        } catch (JsonbException e) {
            UnreadableAnswer.problem(e);
            throw e;
        }
    }

    private static void range(byte[] octets) {
        OctetRange.asked(Texts.text(octets), 1_000).ifPresent(range -> {
            if (!range.isEmpty() && (range.first() < 0 || range.last() > 999)) {
                throw new AssertionError(range.toString());
            }
        });
    }
}
