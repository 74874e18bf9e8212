package org.cranny.daemon.identity;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The token by which a scraper without a certificate is known, in {@code scrape-token} of the home; without it none is good. */
public final class ScrapeToken {
    private static final Logger LOG = System.getLogger(ScrapeToken.class.getName());
    private static final int FEWEST_CHARACTERS = 32;
    private static final int MOST_CHARACTERS = 1_024;

    private final Path file;

    public ScrapeToken(Home home) {
        file = home.folder().resolve("scrape-token");
    }

    /** Whether this is the token. The file is read each time, so that another one holds at once. */
    public boolean is(String shown) {
        try {
            if (shown.length() > MOST_CHARACTERS || !Files.isRegularFile(file) || Files.size(file) > MOST_CHARACTERS) {
                return false;
            }
            String right = Files.readString(file).strip();
            return right.length() >= FEWEST_CHARACTERS
                    && MessageDigest.isEqual(
                            right.getBytes(StandardCharsets.UTF_8),
                            shown.strip().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "scrape-token cannot be read: {0}", e.toString());
            return false;
        }
    }
}
