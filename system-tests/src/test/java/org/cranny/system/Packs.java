package org.cranny.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the plaintext header of a stored pack, as {@code docs/format/pack.md} describes it. */
final class Packs {

    private static final int CLASS_OFFSET = 8;
    private static final byte DATA = 1;

    private Packs() {}

    static boolean holdsData(Path fragment) {
        try (InputStream in = Files.newInputStream(fragment)) {
            return in.readNBytes(CLASS_OFFSET + 1)[CLASS_OFFSET] == DATA;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
