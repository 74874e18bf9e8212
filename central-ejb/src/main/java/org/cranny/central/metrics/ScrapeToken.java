package org.cranny.central.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.settings.Settings;

/**
 * The token by which a scraper that is no person is known. It stands in a file outside the database, which is read each
 * time, so that another one holds at once. Without a file, or with one that is too short, no token is good.
 */
@ApplicationScoped
public class ScrapeToken {
    private static final Logger LOGGER = Logger.getLogger(ScrapeToken.class.getName());
    private static final int FEWEST_CHARACTERS = 32;
    private static final int MOST_CHARACTERS = 1_024;

    private final Settings settings;

    protected ScrapeToken() {
        this(null);
    }

    @Inject
    public ScrapeToken(Settings settings) {
        this.settings = settings;
    }

    /** Whether this is the token; takes as long whatever is wrong with it. */
    public boolean is(String shown) {
        Optional<String> right = settings.metricsTokenFile().flatMap(ScrapeToken::read);
        return right.isPresent()
                && shown.length() <= MOST_CHARACTERS
                && MessageDigest.isEqual(
                        right.get().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> read(Path file) {
        try {
            String token =
                    Files.size(file) <= MOST_CHARACTERS ? Files.readString(file).strip() : "";
            if (token.length() >= FEWEST_CHARACTERS) {
                return Optional.of(token);
            }
            LOGGER.log(Level.WARNING, "the token in cranny.metrics.token-file has {0} to {1} characters", new Object[] {
                FEWEST_CHARACTERS, MOST_CHARACTERS
            });
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cranny.metrics.token-file cannot be read: {0}", e.toString());
        }
        return Optional.empty();
    }
}
