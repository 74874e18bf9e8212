package org.cranny.client.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.cranny.client.central.Rehearsal;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.id.SystemId;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * Loads what commands use, so that {@code bin/cranny} can keep the loaded classes in an archive from which later
 * processes start faster. Speaks to nobody and changes nothing.
 */
@Command(name = "warm-up", hidden = true, description = "Load all classes; bin/cranny archives them.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String CLASS = ".class";

    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException {
        int loaded = 0;
        for (Class<?> part : List.of(Main.class, KeyRing.class, SystemId.class)) {
            loaded += loadAll(jarOf(part));
        }
        Rehearsal.callNobody();
        cranny.say(loaded + " classes loaded");
        return ExitCode.DONE.number();
    }

    private static Path jarOf(Class<?> part) {
        return Path.of(URI.create(
                part.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static int loadAll(Path jar) throws IOException {
        if (!jar.toString().endsWith(".jar")) {
            return 0;
        }
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && !name.contains("package-info"))
                    .forEach(names::add);
        }
        for (String name : names) {
            load(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
        }
        return names.size();
    }

    private static void load(String name) throws IOException {
        try {
            Class.forName(name, false, Main.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IOException("The class " + name + " cannot be loaded. Build Cranny again.", e);
        }
    }
}
