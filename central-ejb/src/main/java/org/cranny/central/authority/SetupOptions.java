package org.cranny.central.authority;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cranny.central.settings.SettingNames;

/**
 * What {@code Setup} is asked for.
 *
 * @param home central's home folder
 * @param escrowPassphrase file with the escrow passphrase, made when it is missing; null: shown once instead
 * @param hostNames names and addresses that browsers will use
 * @param properties for {@code central.properties}, when that file is made
 */
record SetupOptions(Path home, Path escrowPassphrase, List<String> hostNames, Map<String, String> properties) {
    static final String USAGE = "use: Setup --home DIR --machines-url https://HOST:PORT"
            + " [--escrow-passphrase-file FILE] [--name HOST-OR-ADDRESS]... [--set NAME=VALUE]...";

    private static final Pattern SETTING = Pattern.compile("([A-Za-z0-9.-]+)=(.*)");

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static SetupOptions parse(String... arguments) {
        Path home = null;
        Path passphrase = null;
        List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1"));
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : null;
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(arguments[i] + " needs a value; " + USAGE);
            }
            switch (arguments[i]) {
                case "--home" -> home = Path.of(value).toAbsolutePath().normalize();
                case "--escrow-passphrase-file" ->
                    passphrase = Path.of(value).toAbsolutePath().normalize();
                case "--name" -> names.add(value);
                case "--machines-url" -> properties.put("cranny.machines-url", value);
                case "--set" -> set(properties, value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        if (home == null) {
            throw new IllegalArgumentException("--home is needed; " + USAGE);
        }
        if (passphrase != null && passphrase.startsWith(home)) {
            throw new IllegalArgumentException("the escrow passphrase must lie outside central's home, or whoever"
                    + " takes the home can open every backup: " + passphrase);
        }
        if (passphrase != null) {
            properties.putIfAbsent("cranny.escrow.passphrase-file", passphrase.toString());
        }
        return new SetupOptions(home, passphrase, names, properties);
    }

    private static void set(Map<String, String> properties, String setting) {
        var matcher = SETTING.matcher(setting);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--set takes NAME=VALUE, not " + setting);
        }
        SettingNames.objection(matcher.group(1)).ifPresent(objection -> {
            throw new IllegalArgumentException("--set: " + objection);
        });
        properties.put(matcher.group(1), matcher.group(2));
    }
}
