package org.cranny.daemon.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.cranny.protocol.heartbeat.Continuity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
    private static final String R1 = "1".repeat(64);
    private static final String R2 = "2".repeat(64);

    @TempDir
    Path folder;

    private Lineage started() throws IOException {
        return new Lineage(folder.resolve("told"), new SecureRandom());
    }

    @Test
    void aReportThatDidNotArriveIsSentUnderTheSameNameAndTheNextOneNamesIt() throws IOException {
        Lineage lineage = started();
        Continuity first = lineage.next(null);
        assertEquals(first.reports(), lineage.next(null).reports());
        lineage.arrived(first);
        List<String> second = lineage.next(null).reports();
        assertEquals(List.of(first.reports().get(0)), second.subList(0, 1));
        assertEquals(2, second.size());
        assertNotEquals(second.get(0), second.get(1));
    }

    @Test
    void aReceiptIsOnTheDiskBeforeCentralHearsOfItAndKnownAfterAnyCrash() throws IOException {
        assertNull(started().next(R1).receipts(), "what was told before was not written down");
        Lineage killedAfterTheNextReceipt = started();
        assertEquals(List.of(R1, R2), killedAfterTheNextReceipt.next(R2).receipts());
        Lineage again = started();
        assertEquals(List.of(R1, R2), again.next(R2).receipts());
        assertEquals(R2, again.lastReceipt());
    }

    @Test
    void nothingIsWrittenWhileNothingIsKept() throws IOException {
        Lineage lineage = started();
        lineage.next(R1);
        Files.delete(folder.resolve("told"));
        lineage.arrived(lineage.next(R1));
        assertEquals(false, Files.exists(folder.resolve("told")));
    }

    @Test
    void aDiskThatTakesNothingKeepsAReceiptFromCentral() throws IOException {
        Lineage lineage = started();
        lineage.next(R1);
        Files.delete(folder.resolve("told"));
        Files.createDirectories(folder.resolve("told/in-the-way"));
        assertEquals(List.of(R1), lineage.next(R2).receipts());
        assertEquals(R1, lineage.lastReceipt());
    }

    @Test
    void whatCentralHeardLastIsKnownHoweverMuchIsTakenWhileItIsAway() throws IOException {
        Lineage lineage = started();
        for (int i = 0; i < 20; i++) {
            lineage.arrived(lineage.next("%064d".formatted(i)));
        }
        String heard = lineage.lastReceipt();
        for (int i = 20; i < 100; i++) {
            Continuity lost = lineage.next("%064d".formatted(i));
            assertTrue(lost.receipts().contains(heard), "after " + i);
            assertEquals(lost.receipts().get(lost.receipts().size() - 1), lineage.lastReceipt());
        }
        lineage = started();
        Continuity first = lineage.next(R1);
        assertTrue(first.receipts().contains(heard));
        lineage.arrived(first);
        assertEquals(R1, lineage.next(R1).receipts().get(Continuity.MOST - 1));
    }

    @Test
    void noMoreThanEightAreNamed() throws IOException {
        Lineage lineage = started();
        for (int i = 0; i < 20; i++) {
            lineage.arrived(lineage.next("%064d".formatted(i)));
        }
        Continuity last = lineage.next(R1);
        assertEquals(Continuity.MOST, last.reports().size());
        assertEquals(Continuity.MOST, last.receipts().size());
        assertEquals(R1, last.receipts().get(7));
    }
}
