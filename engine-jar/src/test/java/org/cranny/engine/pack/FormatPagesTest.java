package org.cranny.engine.pack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.sealing.Section;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.Test;

/** Reads the numbers of {@code docs/format/} and compares them with the code. */
class FormatPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "format");

    @Test
    void thePackPageHasTheNumbersOfTheCode() throws IOException {
        String page = page("pack.md");
        says(page, "header " + PackHeader.LENGTH + " |");
        says(page, "trailer " + Trailer.SEALED);
        says(page, "frames of " + number(Frames.PLAIN) + " octets");
        says(page, "a tag of " + Frames.TAG + " octets");
        says(page, "no cut below " + number(FastCdc.MIN) + " octets, normal length " + number(FastCdc.NORMAL));
        says(page, "none above " + number(FastCdc.MAX));
        says(page, "up to " + number(SegmentBuilder.TARGET) + " octets before compression");
        says(page, "up to " + number(SegmentBuilder.MAX_CHUNKS) + " chunks");
        says(page, "raw lengths above " + number(SegmentBuilder.MAX_RAW) + " are refused");
        says(page, "A footer of more than " + number(PackFooter.MAX_LENGTH) + " octets");
        says(page, "A writer ends a pack at " + number(PackWriter.TARGET) + " octets");
        says(page, "a multiple of " + number(Padding.MULTIPLE) + " octets");
        for (PackClass packClass : PackClass.values()) {
            says(page, packClass.code() + " " + packClass.name().toLowerCase(Locale.ROOT));
        }
        for (Codec codec : Codec.values()) {
            says(page, codec.code() + " " + codec.name().toLowerCase(Locale.ROOT));
        }
        for (Section section : new Section[] {Section.FOOTER, Section.PADDING, Section.TRAILER}) {
            says(page, String.format("`%X`", section.number()));
        }
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String page(String name) throws IOException {
        return Files.readString(PAGES.resolve(name));
    }

    private static void says(String page, String words) {
        assertTrue(page.contains(words), () -> "the page does not say: " + words);
    }
}
