package org.cranny.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Command;
import org.junit.jupiter.api.Assumptions;

/** A Debian as debootstrap makes it, with nothing but what every Debian has, and so without Java. */
record DebianRoot(Path root) {

    /**
     * With the names of this machine, as an installer leaves them. The first one of a work tree is made from the mirror,
     * later ones are copies of it.
     *
     * @param more packages
     */
    static DebianRoot make(Path root, String... more) throws IOException {
        Path kept = Path.of(
                System.getProperty("cranny.root"), "target/debian", "minbase-" + String.join("-", more) + ".tar");
        Files.createDirectories(root);
        if (Files.exists(kept)) {
            Claims.done(tar("-xpf", kept, root));
        } else {
            bootstrap(root, List.of(more));
            Files.createDirectories(kept.getParent());
            Path part = Files.createTempFile(kept.getParent(), "part", ".tar");
            Claims.done(tar("-cpf", part, root));
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        String name = Command.run(root, List.of("uname", "-n"), Map.of()).lastLine();
        Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n127.0.1.1 " + name + "\n");
        return new DebianRoot(root);
    }

    private static void bootstrap(Path root, List<String> more) {
        List<String> command = new ArrayList<>(List.of("debootstrap", "--variant=minbase"));
        if (!more.isEmpty()) {
            command.add("--include=" + String.join(",", more));
        }
        command.addAll(List.of("bookworm", root.toString()));
        Command.Outcome made = Command.run(Path.of("/"), command, Map.of());
        Assumptions.assumeTrue(made.exit() == 0, "debootstrap cannot reach its mirror");
    }

    private static Command.Outcome tar(String act, Path archive, Path root) {
        return Command.run(
                root,
                List.of("tar", act, archive.toString(), "--numeric-owner", "--xattrs", "-C", root.toString(), "."),
                Map.of());
    }

    /** A file in it, by the name that it has there. */
    Path file(String name) {
        return root.resolve(name.substring(1));
    }

    /**
     * What runs a command in it, with processes and mounts of its own that end with it, whatever user they are by then;
     * its root is a mount, as it is on a machine.
     */
    List<String> commandLine(String... command) {
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                "mount --rbind \"$0\" \"$0\" && mount -t proc proc \"$0/proc\" && chroot \"$0\" \"$@\"; exit $?",
                root.toString(),
                "/usr/bin/env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME=/root",
                "DEBIAN_FRONTEND=noninteractive"));
        all.addAll(List.of(command));
        return all;
    }

    Command.Outcome run(String... command) {
        return Command.run(Path.of("/"), commandLine(command), Map.of());
    }

    Command.Outcome install(List<Path> packages) throws IOException {
        List<String> command = new ArrayList<>(List.of("dpkg", "--install"));
        for (Path each : packages) {
            Files.copy(each, file("/" + each.getFileName()));
            command.add("/" + each.getFileName());
        }
        Command.Outcome outcome = run(command.toArray(String[]::new));
        for (Path each : packages) {
            Files.delete(file("/" + each.getFileName()));
        }
        return outcome;
    }
}
