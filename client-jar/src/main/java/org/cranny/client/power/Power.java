package org.cranny.client.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where this machine's power comes from, as the kernel says in {@code /sys/class/power_supply}.
 *
 * @param onBattery whether a battery of the machine itself is being emptied and no mains are there
 * @param percent how full its emptiest battery is, when it has one
 */
public record Power(boolean onBattery, OptionalInt percent) {
    private static final Path HERE = Path.of("/sys/class/power_supply");

    public static Power now() {
        return at(HERE);
    }

    /** @param supplies folder with one folder for each supply; none means mains */
    static Power at(Path supplies) {
        List<Path> all = list(supplies);
        List<Path> batteries = all.stream().filter(Power::isOfThisMachine).toList();
        boolean mains = all.stream()
                .anyMatch(supply -> !read(supply, "type").equals("Battery")
                        && read(supply, "online").equals("1"));
        boolean emptying =
                batteries.stream().anyMatch(battery -> read(battery, "status").equals("Discharging"));
        OptionalInt percent = batteries.stream()
                .map(battery -> read(battery, "capacity"))
                .filter(text -> text.matches("[0-9]{1,3}"))
                .mapToInt(Integer::parseInt)
                .min();
        return new Power(emptying && !mains, percent);
    }

    /** A mouse has a battery too. */
    private static boolean isOfThisMachine(Path supply) {
        return read(supply, "type").equals("Battery") && !read(supply, "scope").equals("Device");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException noneHere) {
            return List.of();
        }
    }

    private static String read(Path supply, String name) {
        try {
            return Files.readString(supply.resolve(name)).strip();
        } catch (IOException notSaid) {
            return "";
        }
    }
}
