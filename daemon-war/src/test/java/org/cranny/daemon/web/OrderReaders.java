package org.cranny.daemon.web;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** What machines ask of a daemon. */
public final class OrderReaders {
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final String FRAGMENT = "ab".repeat(32);
    private static final SystemId SOURCE = new SystemId(new RealmId("0011223344556677"), 42);
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Grant GRANT = new Grant(
            Act.COPY,
            SOURCE,
            new byte[32],
            SOURCE,
            NOW,
            NOW.plusSeconds(60),
            1_000,
            new byte[Grant.SERIAL_OCTETS],
            List.of(FragmentId.of(FRAGMENT)));

    private OrderReaders() {}

    public static List<Reader> all() {
        return List.of(
                Reader.of(
                        "byte-range",
                        ProblemException.class,
                        Texts.seeds("bytes=0-9", "bytes=5-", "bytes=-7", "bytes=0-0,4-4"),
                        octets -> {
                            ByteRange range = ByteRange.of(Texts.text(octets), 1_000);
                            if (range.first() < 0 || range.count() < 1 || range.first() + range.count() > 1_000) {
                                throw new AssertionError(range.toString());
                            }
                        }),
                Reader.of(
                        "order",
                        ProblemException.class,
                        Texts.seeds(
                                "\0{\"fragments\":[{\"fragment\":\"" + FRAGMENT + "\",\"length\":7}],\"from\":5,"
                                        + "\"address\":\"https://h:9443\",\"grant\":\"AA\",\"sourceKey\":\"AA\","
                                        + "\"bytesPerSecond\":0,\"linkPercent\":50}",
                                "\1{\"fragments\":[\"" + FRAGMENT + "\"]}",
                                "\2{\"challenges\":[{\"fragment\":\"" + FRAGMENT + "\",\"leaves\":[0,1]}]}"),
                        OrderReaders::order));
    }

    /** The first octet says what is ordered. */
    private static void order(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(octets, 1, octets.length);
        switch ((octets[0] & 0xff) % 3) {
            case 0 -> {
                CopyOrder order = Orders.parse(body, JSON, CopyOrder.class);
                CopyServlet.check(order, GRANT);
                CopyServlet.source(SOURCE, order.sourceKey());
            }
            case 1 ->
                Orders.fragments(Orders.parse(body, JSON, TrashOrder.class).fragments(), Grant.MOST_FRAGMENTS);
            default -> ProofServlet.parse(body, JSON).forEach(one -> ProofServlet.id(one.fragment()));
        }
    }
}
