package org.cranny.central.job;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** Long lists that come with a wish. */
public final class JobReaders {
    /** More are sealed, which takes a realm's keys. */
    private static final int LINES_A_PAGE = 1_000;

    private JobReaders() {}

    public static List<Reader> all() {
        return List.of(Reader.of(
                "path-lines",
                ProblemException.class,
                Texts.seeds(
                        "{\"kind\":\"RESTORE\",\"order\":{\"snapshot\":\"latest\"},\"reason\":\"r\"}\n\"/home/anna\"\n\"/b\\\\xFF\"\n"),
                JobReaders::lines));
    }

    private static void lines(byte[] octets) throws IOException {
        if (Texts.text(octets).lines().count() >= LINES_A_PAGE) {
            return;
        }
        Lines lines = new Lines(new ByteArrayInputStream(octets));
        lines.request();
        try (PathPages pages =
                new PathPages(null, new byte[16], Scratch.folder("path-lines").path())) {
            lines.paths(pages);
        }
    }
}
