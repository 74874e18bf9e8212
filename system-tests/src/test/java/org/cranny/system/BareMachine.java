package org.cranny.system;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;

/**
 * A machine that has nothing but Debian and sshd: processes, mounts, a name and a network of its own, and a root of its
 * own over one that all share. It ends with whatever runs in it.
 */
final class BareMachine implements AutoCloseable {
    private static final int SSH_PORT = 22;

    /** Groups of its own: without them what one machine's units may use would be shared by all. */
    private static final String APART = """
            for each in systemd memory pids unified; do
              mkdir -p "/sys/fs/cgroup/$each/$0"
              echo $$ >"/sys/fs/cgroup/$each/$0/cgroup.procs"
            done
            exec "$@"
            """;

    private static final String BEGIN = """
            set -e
            hostname "$2"
            mount -t overlay overlay -o "lowerdir=$0,upperdir=$1/upper,workdir=$1/work" "$1/root"
            cd "$1/root"
            mount -t proc proc proc
            mount -t sysfs sysfs sys
            mount -t tmpfs -o mode=755 tmpfs run
            mount -t tmpfs -o mode=755 tmpfs dev
            for each in null zero full random urandom tty; do cp -a "/dev/$each" dev; done
            mkdir -p dev/pts dev/shm run/sshd root/.ssh
            mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
            ln -s pts/ptmx dev/ptmx
            [ -z "$4" ] || mount -t tmpfs -o "size=$4" tmpfs opt
            echo "$2" >etc/hostname
            printf '127.0.0.1 localhost\\n127.0.1.1 %s\\n' "$2" >etc/hosts
            cp "$1/host" etc/ssh/host
            cp "$1/client.pub" root/.ssh/authorized_keys
            printf '%s\\n' 'HostKey /etc/ssh/host' "ListenAddress $3" 'UsePAM no' 'PermitRootLogin prohibit-password' \\
              >etc/ssh/sshd_config.d/only.conf
            if [ "$5" = systemd ]; then
              mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
              mkdir sys/fs/cgroup/unified
              mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
              for each in none,name=systemd memory pids; do
                mkdir "sys/fs/cgroup/${each#none,name=}"
                mount -t cgroup -o "$each" cgroup "sys/fs/cgroup/${each#none,name=}"
              done
              set -- /lib/systemd/systemd
            else
              set -- /usr/sbin/sshd -D -e -o PidFile=none
            fi
            mkdir -p mnt/old
            pivot_root . mnt/old
            cd /
            umount -l mnt/old
            mount --make-rshared /
            export container=lxc
            exec "$@"
            """;

    private final Path folder;
    private final String name;
    private final String address;
    private final Background process;

    private BareMachine(Path folder, String name, String address, Background process) {
        this.folder = folder;
        this.name = name;
        this.address = address;
        this.process = process;
    }

    /** What starts and watches services there. */
    enum Init {
        /** Nothing: sshd is the first process. */
        NONE,
        SYSTEMD
    }

    /** @param optSize of a small disk at /opt, as 20m; empty for none @param client public key that is let in */
    static BareMachine start(
            DebianRoot shared,
            Path folder,
            String name,
            OfficeNetwork.Seat seat,
            Init init,
            String optSize,
            Path client)
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
        List<String> command = new ArrayList<>(List.of("sh", "-ec", APART, name));
        command.addAll(seat.commandLine(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--uts",
                "--ipc",
                "--cgroup",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                BEGIN,
                shared.root().toString(),
                folder.toString(),
                name,
                seat.address(),
                optSize,
                init.name().toLowerCase(Locale.ROOT))));
        Background process = Background.start(command);
        BareMachine machine = new BareMachine(folder, name, seat.address(), process);
        Await.until("sshd of " + name + " answers", Duration.ofSeconds(60), machine::answers);
        return machine;
    }

    private boolean answers() {
        try (Socket socket = new Socket(address, SSH_PORT)) {
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
        return address;
    }

    /** A line of known hosts with this key, which may be another machine's. */
    String knownAs(BareMachine keyOf) throws IOException {
        return address + " "
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
