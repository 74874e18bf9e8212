package org.cranny.central.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;

/** What an installation sets, read once from MicroProfile Config ({@code central.properties} in central's home). */
@ApplicationScoped
public class Settings {
    /** Central's home folder. */
    public Path home() {
        throw new UnsupportedOperationException();
    }

    /** Where machines talk to central, {@code https://host:port}. */
    public String machinesUrl() {
        throw new UnsupportedOperationException();
    }
}
