package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.pack.PackFile;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.segment.SegmentOpener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What version 1 wrote is read for ever: {@link GoldenRepository} says what is there, and is never run again over it. */
class GoldenRepositoryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");

    @TempDir
    Path folder;

    @Test
    void readsWhatVersion1Wrote() throws Exception {
        assertEquals(Files.readString(GOLDEN.resolve("expected.txt")), GoldenText.of(GOLDEN));
    }

    @Test
    void everyPackOfVersion1OpensWhole() throws Exception {
        KeyRing keys = GoldenText.keys(GOLDEN);
        assertEquals(List.of(1, 2), List.copyOf(keys.generations()));
        try (SegmentOpener opener = new SegmentOpener();
                Stream<Path> fragments = Files.list(GOLDEN.resolve("fragments"))) {
            for (Path each : fragments.toList()) {
                try (PackFile file = PackFile.open(each);
                        PackReader reader = PackReader.open(file, keys, opener)) {
                    reader.check();
                }
            }
        }
    }

    @Test
    void anOctetThatIsOtherwiseIsNoticed() throws Exception {
        Path copy = folder.resolve("v1");
        GoldenText.copy(GOLDEN, copy);
        try (Stream<Path> fragments = Files.list(copy.resolve("fragments"))) {
            Path any = fragments.sorted().findFirst().orElseThrow();
            byte[] octets = Files.readAllBytes(any);
            octets[octets.length / 3] ^= 1;
            Files.write(any, octets);
        }
        IOException found = assertThrows(IOException.class, () -> GoldenText.of(copy));
        assertTrue(found.toString().contains("another name"), found::toString);
    }
}
