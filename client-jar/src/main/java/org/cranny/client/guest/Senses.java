package org.cranny.client.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cranny.client.power.Power;

/** What a guest notices of the machine that it is on. What cannot be known is not so. */
public interface Senses {
    Power power();

    /** Whether what goes out is paid by amount. */
    boolean metered();

    /** Whether somebody works at the machine. */
    boolean inUse();

    /** Of this machine: the kernel, NetworkManager and logind say it, where they are. */
    static Senses here() {
        return new Here(Path.of("/run/NetworkManager"), Path.of("/run/systemd/seats"), Senses::busctl);
    }

    /** Asks a service of the system bus for a property. */
    @FunctionalInterface
    interface Bus {
        /** @param words service, object, interface and name @return as busctl prints it, for example {@code u 1} */
        String property(List<String> words);
    }

    /** @param manager there while NetworkManager runs @param seats there while logind runs */
    record Here(Path manager, Path seats, Bus bus) implements Senses {
        /** NMMetered: 1 is yes, 3 is a guess of yes. */
        private static final List<String> METERED = List.of("u 1", "u 3");

        @Override
        public Power power() {
            return Power.now();
        }

        @Override
        public boolean metered() {
            return Files.isDirectory(manager)
                    && METERED.contains(bus.property(List.of(
                            "org.freedesktop.NetworkManager",
                            "/org/freedesktop/NetworkManager",
                            "org.freedesktop.NetworkManager",
                            "Metered")));
        }

        /** A seat is a screen with a keyboard; without one nobody sits there. */
        @Override
        public boolean inUse() {
            return Files.exists(seats.resolve("seat0"))
                    && "b false"
                            .equals(bus.property(List.of(
                                    "org.freedesktop.login1",
                                    "/org/freedesktop/login1",
                                    "org.freedesktop.login1.Manager",
                                    "IdleHint")));
        }
    }

    private static String busctl(List<String> words) {
        try {
            List<String> command = new java.util.ArrayList<>(List.of("busctl", "--timeout=2", "get-property"));
            command.addAll(words);
            Process asked = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!asked.waitFor(3, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return "";
            }
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException noSuchProgram) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
