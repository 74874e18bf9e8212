package org.cranny.system;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;

/**
 * A machine that has nothing but Debian and sshd: processes, mounts, a name and an address of loopback of its own, and a
 * root of its own over one that all share. It ends with whatever runs in it.
 */
final class BareMachine implements AutoCloseable {
    private static final String BEGIN = """
            set -e
            hostname "$2"
            mount -t overlay overlay -o "lowerdir=$0,upperdir=$1/upper,workdir=$1/work" "$1/root"
            cd "$1/root"
            mount -t proc proc proc
            mount -t tmpfs tmpfs run
            mount --rbind /dev dev
            [ -z "$5" ] || mount -t tmpfs -o "size=$5" tmpfs opt
            printf '127.0.0.1 localhost\\n127.0.1.1 %s\\n' "$2" >etc/hosts
            mkdir -p run/sshd root/.ssh
            cp "$1/host" etc/ssh/host
            cp "$1/client.pub" root/.ssh/authorized_keys
            exec chroot . /usr/sbin/sshd -D -e -o HostKey=/etc/ssh/host -o "ListenAddress=$3:$4" -o PidFile=none \\
              -o UsePAM=no -o PermitRootLogin=prohibit-password""";

    private final Path folder;
    private final String name;
    private final String address;
    private final int port;
    private final Background process;

    private BareMachine(Path folder, String name, String address, int port, Background process) {
        this.folder = folder;
        this.name = name;
        this.address = address;
        this.port = port;
        this.process = process;
    }

    /** @param optSize of a small disk at /opt, as 20m; empty for none @param client public key that is let in */
    static BareMachine start(
            DebianRoot shared, Path folder, String name, String address, int port, String optSize, Path client)
            throws IOException {
        for (String each : List.of("upper", "work", "root")) {
            Files.createDirectories(folder.resolve(each));
        }
        Files.copy(client, folder.resolve("client.pub"));
        Claims.done(Command.run(
                folder,
                List.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve("host").toString()),
                Map.of()));
        Background process = Background.start(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--uts",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                BEGIN,
                shared.root().toString(),
                folder.toString(),
                name,
                address,
                Integer.toString(port),
                optSize));
        BareMachine machine = new BareMachine(folder, name, address, port, process);
        Await.until("sshd of " + name + " answers", Duration.ofSeconds(60), machine::answers);
        return machine;
    }

    private boolean answers() {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String name() {
        return name;
    }

    /** As it is named for an installation. */
    String target() {
        return address + ":" + port;
    }

    /** A line of known hosts with this key, which may be another machine's. */
    String knownAs(BareMachine keyOf) throws IOException {
        return "[" + address + "]:" + port + " "
                + Files.readString(keyOf.folder.resolve("host.pub")).strip();
    }

    String fingerprint() {
        return Command.run(folder, List.of("ssh-keygen", "-l", "-f", "host.pub"), Map.of())
                .output()
                .split(" ")[1];
    }

    /** Runs a command there, as somebody who logs in. */
    Command.Outcome run(Path key, String command) {
        return Command.run(
                folder,
                List.of(
                        "ssh",
                        "-i",
                        key.toString(),
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-p",
                        Integer.toString(port),
                        "root@" + address,
                        command),
                Map.of());
    }

    @Override
    public void close() {
        try {
            process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
