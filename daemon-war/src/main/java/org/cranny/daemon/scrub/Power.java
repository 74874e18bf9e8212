package org.cranny.daemon.scrub;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine lives on its battery, as the kernel says. */
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
                Path status = each.resolve("status");
                if (Files.exists(status) && Files.readString(status).strip().equals("Discharging")) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }
}
