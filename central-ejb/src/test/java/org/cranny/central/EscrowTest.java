package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.cranny.protocol.enrollment.DepositLine;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EscrowTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void depositsAreAddedNeverReplaced(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            byte[] good = new byte[2_000_000 / 3];
            byte[] rubbish = new byte[60];
            EscrowDeposit first = new EscrowDeposit(0, text(good), text(rubbish));
            bench.central.escrow.deposit(source.id, first);
            bench.central.escrow.deposit(source.id, first);
            bench.central.escrow.deposit(source.id, new EscrowDeposit(0, text(rubbish), null));
            var rings = bench.central.escrow.rings(source.id.number());
            assertEquals(2, rings.size());
            assertArrayEquals(good, rings.get(0).keyRing());
            assertNull(rings.get(0).browse(), "one without what lists files takes back those of before");
            assertNull(rings.get(1).browse());
            bench.central.escrow.deposit(source.id, new EscrowDeposit(1, text(good), text(rubbish)));
            assertEquals(
                    List.of(false, false, true),
                    bench.central.escrow.deposits(source.id).stream()
                            .map(DepositLine::browse)
                            .toList());
            assertEquals("escrow", bench.central.log.newest(1).get(0).action());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoSealedRing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            for (String ring : new String[] {null, "", "%%%", text(new byte[10])}) {
                Bench.refused(
                        ProblemKind.BAD_REQUEST,
                        () -> bench.central.escrow.deposit(source.id, new EscrowDeposit(0, ring, null)));
            }
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.escrow.deposit(source.id, new EscrowDeposit(-1, text(new byte[60]), null)));
        }
    }

    private static String text(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
