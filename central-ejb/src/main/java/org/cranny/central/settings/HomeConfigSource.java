package org.cranny.central.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives MicroProfile Config what stands in {@code central.properties} of central's home; the home is named by the
 * system property {@code cranny.home}. System properties and the environment win over the file.
 */
public class HomeConfigSource implements ConfigSource {
    private static final int BELOW_ENVIRONMENT = 250;

    private final Map<String, String> properties = read();

    @Override
    public Map<String, String> getProperties() {
        return properties;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "central.properties";
    }

    @Override
    public int getOrdinal() {
        return BELOW_ENVIRONMENT;
    }

    private static Map<String, String> read() {
        String home = System.getProperty("cranny.home");
        return home == null ? Map.of() : read(Path.of(home, "central.properties"));
    }

    /** @throws IllegalStateException with one line when it cannot be read */
    static Map<String, String> read(Path file) {
        if (Files.notExists(file)) {
            return Map.of();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(in);
            Map<String, String> read = new HashMap<>();
            properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
            return Map.copyOf(read);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("central.properties cannot be read: " + e.getMessage(), e);
        }
    }
}
