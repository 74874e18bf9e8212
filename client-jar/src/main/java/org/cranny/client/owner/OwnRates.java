package org.cranny.client.owner;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.report.Human;
import org.cranny.engine.transfer.Limits;

/** How fast the owner lets this machine send and fetch. A policy may make it slower, never faster. */
public final class OwnRates {
    /** Below this nothing would ever end, bytes a second. */
    public static final long LEAST = 1_000;

    private final Path file;

    /** @param upload bytes a second, 0 for no limit @param download the same */
    public record Rates(long upload, long download) {
        public static final Rates NONE = new Rates(0, 0);

        public Rates {
            if (upload != 0 && upload < LEAST || download != 0 && download < LEAST) {
                throw new IllegalArgumentException(
                        "A limit below 1k is one at which nothing would ever end. Give it more, or none.");
            }
        }

        /** For people. */
        public String sentence() {
            return "This machine sends " + words(upload) + " and fetches " + words(download) + ".";
        }

        private static String words(long rate) {
            return rate == 0 ? "as fast as it can" : Human.rate(rate) + " at most";
        }

        public Limits limits() {
            return Limits.of(upload, download);
        }
    }

    public OwnRates(Home home) {
        this.file = home.ratesFile();
    }

    /** No limits while none were set, and when the file is damaged: a backup matters more. */
    public Rates kept() throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (!text.matches("[0-9]{1,15} [0-9]{1,15}")) {
                return Rates.NONE;
            }
            String[] words = text.split(" ");
            return new Rates(Long.parseLong(words[0]), Long.parseLong(words[1]));
        } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException none) {
            return Rates.NONE;
        }
    }

    public void keep(Rates rates) throws IOException {
        DurableFiles.write(file, (rates.upload() + " " + rates.download() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
