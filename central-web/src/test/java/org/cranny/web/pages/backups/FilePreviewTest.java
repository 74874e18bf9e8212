package org.cranny.web.pages.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cranny.central.recovery.Glimpse;
import org.junit.jupiter.api.Test;

class FilePreviewTest {
    @Test
    void textIsShownThoughItsEndIsCutOff() {
        byte[] octets = "grün <b>\tund\r\n so".getBytes(StandardCharsets.UTF_8);
        assertEquals(Optional.of("grün <b>\tund\r\n so"), FilePreview.decode(new Glimpse(octets, octets.length)));
        byte[] cut = Arrays.copyOf(octets, 3);
        assertEquals(Optional.of("gr"), FilePreview.decode(new Glimpse(cut, octets.length)));
        assertEquals(Optional.of(""), FilePreview.decode(new Glimpse(new byte[0], 0)));
    }

    @Test
    void whatIsNoTextIsNotShown() {
        assertEquals(Optional.empty(), FilePreview.decode(new Glimpse(new byte[] {'a', 0, 'b'}, 3)));
        assertEquals(Optional.empty(), FilePreview.decode(new Glimpse(new byte[] {(byte) 0xff, 'a'}, 2)));
        assertEquals(Optional.empty(), FilePreview.decode(new Glimpse(new byte[] {27, '[', 'm'}, 3)));
        assertEquals(Optional.empty(), FilePreview.decode(new Glimpse(new byte[] {'g', (byte) 0xc3}, 2)));
    }
}
