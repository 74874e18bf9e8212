package org.cranny.central.settings;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Stops the start when {@code central.properties} has a name that means nothing: whoever wrote it believes that it does. */
@Singleton
@Startup
public class SettingsCheck {
    private static final Logger LOGGER = Logger.getLogger(SettingsCheck.class.getName());

    @PostConstruct
    void start() {
        check(new HomeConfigSource().getPropertyNames());
    }

    /** @throws IllegalStateException with one line for the first of them; each is in the log */
    static void check(Set<String> names) {
        List<String> objections = names.stream()
                .sorted()
                .flatMap(name -> SettingNames.objection(name).stream())
                .toList();
        objections.forEach(
                objection -> LOGGER.log(Level.SEVERE, "central.properties: {0}. Central does not start.", objection));
        if (!objections.isEmpty()) {
            throw new IllegalStateException("central.properties: " + objections.get(0));
        }
    }
}
