package org.cranny.client.kit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Machine;
import org.cranny.engine.keys.PassphraseSeal;
import org.cranny.engine.snapshot.Snapshot;

/**
 * A recovery kit: one file that, with its passphrase and the hosts, brings back a machine's backups on another machine.
 *
 * <p>It holds copies of the files of a home that cannot be made again: identity, key ring, realm, manifests, and who
 * holds which pack. The index is made again from hosts. What was backed up after the kit was made it does not know.
 * Nothing in it can be read or altered without the passphrase, the instructions at its head aside, and those cannot be
 * altered unseen. Layout: {@code docs/format/kit.md}. Memory does not depend on the kit's length.
 */
public final class Kit {
    private static final PassphraseSeal SEAL = new PassphraseSeal("CRNYKT\0\1");
    private static final int STEP = 64 << 10;

    private Kit() {}

    /** What was put into a kit. @param newest end of the newest snapshot, or empty */
    public record Made(Instant made, int snapshots, Optional<Instant> newest) {}

    /**
     * Writes a kit of a machine, or replaces one. It is whole and on the disk when this returns; until then what was
     * there before stays.
     *
     * @throws IllegalArgumentException when the passphrase is too short
     */
    public static Made create(Machine machine, Path file, char[] passphrase, SecureRandom random, Clock clock)
            throws IOException {
        Home home = machine.home();
        try (HomeLock lock = home.lockForReading()) {
            assert lock != null;
            List<Snapshot> snapshots = machine.snapshotsAtHand();
            Optional<Instant> newest = snapshots.stream()
                    .map(snapshot -> snapshot.manifest().ended())
                    .max(Comparator.naturalOrder());
            Made made = new Made(clock.instant(), snapshots.size(), newest);
            KitHead head = KitHead.of(new KitHead.Facts(
                    machine.configuration().name(),
                    machine.configuration().system().uri(),
                    made.made(),
                    made.snapshots(),
                    newest));
            DurableFiles.write(file.toAbsolutePath(), out -> {
                out.write(head.octets());
                try (OutputStream sealed = SEAL.seal(out, head.octets(), passphrase, random)) {
                    pack(home, new DataOutputStream(sealed));
                }
            });
            return made;
        }
    }

    private static void pack(Home home, DataOutputStream out) throws IOException {
        for (String name : KitFiles.of(home)) {
            Path file = home.folder().resolve(name);
            out.writeUTF(name);
            long length = Files.size(file);
            out.writeLong(length);
            try (InputStream in = Files.newInputStream(file)) {
                copy(in, length, out);
            }
        }
        out.writeUTF("");
    }

    /** What anybody may read of a kit. */
    public static String instructions(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return KitHead.read(in).text();
        }
    }

    /** A file in a kit. */
    public record Content(String name, long bytes) {}

    /** Opens all of a kit, and says what is in it. */
    public static List<Content> look(Path file, char[] passphrase) throws IOException {
        List<Content> contents = new ArrayList<>();
        read(file, passphrase, (name, length, in) -> {
            copy(in, length, OutputStream.nullOutputStream());
            contents.add(new Content(name, length));
        });
        return contents;
    }

    /**
     * Makes a home of what a kit holds. Either the home is complete then, or it is as it was; the index of its chunks is
     * made again from hosts when the backups are first opened.
     *
     * @throws KitException when there is a machine in that home
     */
    public static void unpack(Path file, char[] passphrase, Home home) throws IOException {
        refuseEnrolled(home);
        DurableFiles.makeFolder(home.folder());
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwx------"));
        try (HomeLock lock = home.lock("kit")) {
            assert lock != null;
            refuseEnrolled(home);
            Path stage = home.folder().resolve("unpacking");
            clear(stage);
            List<String> names = new ArrayList<>();
            read(file, passphrase, (name, length, in) -> {
                Path target = stage.resolve(name);
                DurableFiles.makeFolder(target.getParent());
                DurableFiles.write(target, out -> copy(in, length, out));
                names.add(name);
            });
            if (!names.contains(KitFiles.LAST)) {
                throw new KitException("The kit is of no machine: it has no " + KitFiles.LAST + ".");
            }
            names.sort(Comparator.comparing(KitFiles.LAST::equals));
            for (String name : names) {
                Path target = home.folder().resolve(name);
                DurableFiles.makeFolder(target.getParent());
                DurableFiles.move(stage.resolve(name), target);
            }
            clear(stage);
        }
    }

    private interface Receiver {
        void file(String name, long length, InputStream octets) throws IOException;
    }

    private static void read(Path file, char[] passphrase, Receiver receiver) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            KitHead head = KitHead.read(raw);
            try (DataInputStream in = new DataInputStream(SEAL.open(raw, head.octets(), passphrase))) {
                for (String name = in.readUTF(); !name.isEmpty(); name = in.readUTF()) {
                    if (!KitFiles.known(name)) {
                        throw new KitException("The kit holds something that this version does not know: " + name
                                + ". Use a newer version.");
                    }
                    receiver.file(name, in.readLong(), in);
                }
                if (in.read() >= 0) {
                    throw new KitException("The kit goes on after its end. Use another copy.");
                }
            }
        } catch (EOFException e) {
            throw new KitException("The kit ends too early. Use another copy.", e);
        }
    }

    private static void copy(InputStream in, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[STEP];
        for (long rest = length; rest > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
            if (count < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, count);
            rest -= count;
        }
    }

    private static void refuseEnrolled(Home home) throws IOException {
        if (home.enrolled()) {
            throw new KitException("There is a machine in " + home.folder() + " already, '"
                    + home.configuration().name()
                    + "'. Name another home with --home, or bring its files back with 'cranny restore'.");
        }
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.notExists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
