package org.cranny.central.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that a setting of central may have: those of the reference page, which comes along for this. */
public final class SettingNames {
    private static final String OURS = "cranny.";
    private static final String PAGE = "configuration.md";
    private static final Pattern ROW = Pattern.compile("^\\| `(cranny\\.[a-z.-]+)` \\|", Pattern.MULTILINE);

    private static final Map<String, String> RENAMED = Map.of(
            "alert.host-lost-seconds", "host.lost-always-on-seconds",
            "repair.always-on-seconds", "host.lost-always-on-seconds",
            "repair.office-seconds", "host.lost-office-seconds",
            "repair.sometimes-seconds", "host.lost-sometimes-seconds",
            "repair.unknown-seconds", "host.lost-unknown-seconds");

    private static final Set<String> KNOWN = read();

    private SettingNames() {}

    /** Why a name means nothing, in one sentence that says what to do; empty when it is known, or none of Cranny's. */
    public static Optional<String> objection(String name) {
        if (!name.startsWith(OURS) || KNOWN.contains(name)) {
            return Optional.empty();
        }
        String renamed = RENAMED.get(name.substring(OURS.length()));
        return Optional.of(
                renamed == null
                        ? "there is no setting " + name + ": see docs/reference/configuration.md, or take it out"
                        : "the setting " + name + " is called " + OURS + renamed + " now: rename it");
    }

    private static Set<String> read() {
        try (InputStream in = SettingNames.class.getResourceAsStream(PAGE)) {
            if (in == null) {
                throw new IllegalStateException("the page of all settings is not in this archive");
            }
            return ROW.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(row -> row.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
