package org.cranny.central.dump;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DumpReaderTest {
    @Test
    void aLineThatDoesNotEndIsNotReadToItsEnd() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream out = new ZstdOutputStream(packed)) {
            for (int mebibytes = 0; mebibytes < 1_024; mebibytes++) {
                out.write(blanks);
            }
        }
        assertTrue(packed.size() < 1 << 20, () -> packed.size() + " octets");
        IOException refused =
                assertThrows(IOException.class, () -> new DumpReader(new ByteArrayInputStream(packed.toByteArray()))
                        .read(new Counting()));
        assertTrue(refused.getMessage().startsWith("the dump is damaged: a line has more than"), refused::getMessage);
    }
}
