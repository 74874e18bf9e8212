package org.cranny.daemon.scrub;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine lives on its battery, as the kernel says; a mouse or a headset has one of its own. */
final class Power {
    private static final Path SUPPLIES = Path.of("/sys/class/power_supply");

    private Power() {}

    static boolean isBattery() {
        return isBattery(SUPPLIES);
    }

    static boolean isBattery(Path supplies) {
        if (!Files.isDirectory(supplies)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
            for (Path each : all) {
                if (says(each, "status", "Discharging") && !says(each, "scope", "Device")) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static boolean says(Path supply, String name, String word) throws IOException {
        Path file = supply.resolve(name);
        return !Files.notExists(file) && Files.readString(file).strip().equals(word);
    }
}
