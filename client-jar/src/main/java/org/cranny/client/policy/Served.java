package org.cranny.client.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;

/** Remembers the newest planned time that a backup was made for, so that none is served twice. */
public final class Served {
    private final Path file;

    public Served(Home home) {
        file = home.servedFile();
    }

    /** The beginning of time when none was served yet, also when the file is damaged. */
    public Instant newest() throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.matches("[0-9]{1,18}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.EPOCH;
        } catch (NoSuchFileException | CharacterCodingException | DateTimeException none) {
            return Instant.EPOCH;
        }
    }

    /** An earlier time than the newest changes nothing. */
    public synchronized void note(Instant due) throws IOException {
        if (due.isAfter(newest())) {
            DurableFiles.write(file, (due.getEpochSecond() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
