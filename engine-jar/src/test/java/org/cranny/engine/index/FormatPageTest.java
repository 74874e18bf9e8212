package org.cranny.engine.index;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatPageTest {
    @Test
    void theIndexPageHasTheNumbersOfTheCode() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "format", "index.md"));
        for (String words : new String[] {
            "Blocks of " + number(RecordBlock.LENGTH) + " octets: " + RecordBlock.CAPACITY + " records of "
                    + RecordBlock.RECORD + " octets",
            "up to " + number(ChunkIndex.USUAL_MEMORY) + " records",
            "at most " + RunMerge.MOST_RUNS + " runs",
            BloomFilter.BITS_PER_ID + " bits a record and " + BloomFilter.PROBES + " probes",
            "`" + new String(Run.MAGIC, 0, 6, StandardCharsets.US_ASCII) + "`"
        }) {
            assertTrue(page.contains(words), () -> "the page does not say: " + words);
        }
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
