package org.cranny.client.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeException;

/** Reads the allotment at each use: a lease renews it while a backup runs. */
record NewestAllotment(Home home) {
    String text() {
        try {
            return home.allotment()
                    .orElseThrow(() -> new HomeException("There is no allotment in " + home.folder()
                            + ". Run a backup while central can be reached; where there is none, run 'cranny join' with a bundle"
                            + " of 'cranny realm allot'."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
