package org.cranny.client.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.cranny.client.central.Rehearsal;
import org.cranny.client.enrollment.RehearsedIdentity;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Names;
import org.cranny.client.report.Table;
import org.cranny.engine.backup.Backup;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.OwnCatalogue;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.source.Source;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * Loads what commands use, so that {@code bin/cranny} can keep the loaded classes in an archive from which later
 * processes start faster. Speaks to nobody but itself and changes nothing.
 */
@Command(name = "warm-up", hidden = true, description = "Load all classes; bin/cranny archives them.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String CLASS = ".class";

    /** Needs a screen's libraries, and one command only. */
    private static final String WINDOW = "/client/window/";

    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int loaded = 0;
        for (Class<?> part : List.of(Main.class, KeyRing.class, SystemId.class)) {
            loaded += loadAll(jarOf(part));
        }
        MachineIdentity identity = RehearsedIdentity.draw();
        Rehearsal.call(identity);
        listNothing(identity);
        lookAtNothing(identity);
        cranny.say(loaded + " classes loaded");
        return ExitCode.DONE.number();
    }

    /** Goes through what listing snapshots needs, with keys that are thrown away. */
    private void listNothing(MachineIdentity identity) throws IOException {
        KeyRing ring = KeyRing.create(identity.system(), new SecureRandom());
        byte[] octets = ring.encode();
        KeyRing opened = KeyRing.decode(octets);
        Label label = new Label(List.of(octets), "rehearsal", List.of(), "");
        byte[] sealed = LabelSeal.seal(label, opened, identity.system(), 1, new SecureRandom());
        try {
            LabelSeal.open(sealed, opened, identity.system(), 1);
            Signed signed = Signed.sign(octets, Signed.Algorithm.ECDSA_P256, identity.key());
            signed.open(Signed.Algorithm.ECDSA_P256, identity.certificate().getPublicKey());
            KeyPair realm = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Signed.sign(octets, Signed.Algorithm.ED25519, realm.getPrivate())
                    .open(Signed.Algorithm.ED25519, realm.getPublic());
        } catch (MalformedException | GeneralSecurityException e) {
            throw new IOException("This Java lacks a cipher: " + e.getMessage() + ". Use another Java.", e);
        }
        String time = Human.time(Instant.now(), ZoneId.systemDefault());
        Table table = Table.of("a", "b", "c").row(Human.bytes(123_456), time, Names.printable(octets));
        cranny.say(table.toString() + JsonLine.of("nothing"));
    }

    /** A dry run of a backup of one file, in a home that is thrown away. */
    private static void lookAtNothing(MachineIdentity identity) throws IOException, InterruptedException {
        Path place = Files.createTempDirectory("cranny-warm-up");
        Path folder = Files.createDirectory(place.resolve("files"));
        Files.writeString(folder.resolve("file"), "rehearsal");
        KeyRing ring = KeyRing.create(identity.system(), new SecureRandom());
        try (Source source = Source.open(place.resolve("home"), identity, ring)) {
            PublicKey key = identity.certificate().getPublicKey();
            Backup backup = new Backup(
                    source, new OwnCatalogue(""), null, Map.of(), key, null, Clock.systemUTC(), new SecureRandom());
            List<byte[]> paths = List.of(PathBytes.of(folder));
            backup.run(new BackupRequest(paths, "rehearsal", List.of(), true), BackupListener.SILENT);
        } finally {
            remove(place);
        }
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
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
                    .filter(name -> name.endsWith(CLASS) && !name.contains("package-info") && !name.contains(WINDOW))
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
