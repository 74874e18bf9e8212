package org.cranny.central.installation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cranny.engine.ssh.SshMachine;

/**
 * A folder that stands for a machine, and archives whose programs say what they were asked to do. Programs that would
 * change this machine itself are others there.
 */
final class FakeRoot implements Remote {
    private static final String VERSION = "1.2.3";

    final Path root;
    final Path packages;
    private final Path tools;

    /** Lets a script fail, or nothing happen. */
    interface Fault {
        void before(Script script) throws IOException;
    }

    Fault fault = script -> {};

    FakeRoot(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        packages = Files.createDirectories(folder.resolve("packages"));
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String each : List.of("usr/bin", "var/lib", "var/cache", "var/log", "etc", "opt")) {
            Files.createDirectories(root.resolve(each));
        }
        tool("useradd", "echo user >\"" + root + "/etc/user\"");
        tool("userdel", "rm -f \"" + root + "/etc/user\"");
        tool("chown", ":");
        tool("sync", ":");
        tool("getent", "[ \"$1\" = hosts ] && echo 127.0.0.1 || [ -e \"" + root + "/etc/user\" ]");
        tool("id", "echo 0");
        tool("uname", "case $1 in -s) echo Linux ;; -m) echo x86_64 ;; *) echo fake ;; esac");
        tool("getconf", "echo glibc 2.36");
        for (Role role : Role.values()) {
            archive(role);
        }
    }

    private void tool(String name, String body) throws IOException {
        program(tools.resolve(name), body);
    }

    private static void program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A program that enrolls by keeping what it read, and then stays. */
    private void archive(Role role) throws IOException {
        String name = role.program() + "-" + VERSION + "-linux-amd64";
        Path folder = packages.resolve(name);
        program(folder.resolve("bin").resolve(role.program()), """
                case $1 in
                  enroll) read -r token
                    case " $* " in *"$token"*) echo "the token is for all to see" >&2; exit 1 ;; esac
                    if [ -e "%1$s/etc/full" ]; then echo "no room for keys" >&2; exit 1; fi
                    echo "$token $*" >"%1$s/etc/enrolled-%2$s" ;;
                  *) exec sleep 600 ;;
                esac""".formatted(root, role.word()));
        Files.writeString(folder.resolve("VERSION"), VERSION + "\n");
        Files.copy(Path.of("../packaging/cranny-upgrade"), folder.resolve("bin/cranny-upgrade"));
        Path units = Files.createDirectories(folder.resolve("share/systemd"));
        String own = role == Role.DAEMON ? "cranny-daemon" : "cranny-agent";
        for (String unit : List.of(
                own + ".service",
                "cranny-upgrade-" + role.word() + ".path",
                "cranny-upgrade-" + role.word() + ".service")) {
            Files.writeString(units.resolve(unit), "[Service]\n");
        }
        run(List.of("tar", "-czf", packages + "/" + name + ".tar.gz", "-C", packages.toString(), name), in -> {});
        run(List.of("rm", "-r", folder.toString()), in -> {});
    }

    @Override
    public String run(Script script, Iterable<String> arguments, SshMachine.Feed in, Duration most) throws IOException {
        fault.before(script);
        String path = "PATH=" + tools + ":/usr/bin:/bin; export PATH; ";
        return run(List.of("/bin/sh", "-c", path + script.command("", root.toString(), arguments)), in);
    }

    private static String run(List<String> command, SshMachine.Feed in) throws IOException {
        Path errors = Files.createTempFile("fake-root", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (OutputStream out = process.getOutputStream()) {
                in.writeTo(out);
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(Files.readString(errors).strip());
            }
            return said;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
    }

    /** Every file and folder below the root, and what links lead to. */
    List<String> everything() {
        try (Stream<Path> all = Files.walk(root)) {
            return List.copyOf(new TreeSet<>(
                    all.map(path -> root.relativize(path).toString()).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
