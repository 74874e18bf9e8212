package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.util.ZstdVersion;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.kill.KilledJvm;

/** What is known of a {@link FolderRealm} outside of the process that backs it up, and must be there whatever ended that. */
final class RealmInMind {
    static final int SMALL_FILE = 100_000;

    /** What changes is more than fits into one pack. */
    static final int LARGE_FILE = 6_000_000;

    private static final int CHANGED_FILES = 4;
    private static final int FILES = 12;
    private static final String JNA = "libjnidispatch.so";
    private static final String ZSTD = "libzstd.so";

    private final FolderRealm realm;
    private final Path home;
    private final Path libraries;
    private final Random random;
    private final List<Map<String, FragmentId>> attempts = new ArrayList<>();
    private final Map<String, Integer> done = new HashMap<>();
    private final Set<String> inVain = new HashSet<>();
    private final int fileLength;
    private int restored;

    private RealmInMind(FolderRealm realm, Path home, Path libraries, int fileLength, Random random) {
        this.realm = realm;
        this.home = home;
        this.libraries = libraries;
        this.fileLength = fileLength;
        this.random = random;
    }

    /** @param libraries where {@link #unpackLibraries} put them */
    static RealmInMind create(Path home, Path libraries, int fileLength, Random random) throws Exception {
        FolderRealm realm = FolderRealm.create(home);
        Files.createDirectory(home.resolve("jvm"));
        return new RealmInMind(realm, home, libraries, fileLength, random);
    }

    /** Native libraries, which a JVM would unpack each time, counted as steps. @return where they are */
    static Path unpackLibraries(Path folder) throws IOException {
        Path libraries = Files.createDirectory(folder.resolve("libraries"));
        unpack("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + JNA, libraries.resolve(JNA));
        unpack(
                "/linux/" + System.getProperty("os.arch") + "/libzstd-jni-" + ZstdVersion.VERSION + ".so",
                libraries.resolve(ZSTD));
        return libraries;
    }

    private static void unpack(String resource, Path file) throws IOException {
        try (InputStream in = RealmInMind.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
    }

    KilledJvm jvm() {
        return new KilledJvm(
                home.resolve("jvm"),
                List.of(
                        "-Djna.boot.library.path=" + libraries,
                        "-Djna.nounpack=true",
                        "-DZstdNativePath=" + libraries.resolve(ZSTD)),
                KilledBackup.class,
                List.of(home.toString()));
    }

    /** Always as much, so that every backup makes about the same calls. */
    void change() throws IOException {
        for (int i = 0; i < CHANGED_FILES; i++) {
            byte[] octets = new byte[fileLength];
            random.nextBytes(octets);
            Files.write(realm.data().resolve("f" + (attempts.size() * CHANGED_FILES + i) % FILES), octets);
        }
        Files.writeString(realm.data().resolve("attempt"), Integer.toString(attempts.size()));
        attempts.add(tree(realm.data()));
    }

    /** Octets of what {@link #change} changes. */
    long changed() {
        return (long) CHANGED_FILES * fileLength;
    }

    /** What the JVM says. */
    Path said() {
        return home.resolve("jvm").resolve("out");
    }

    /** The number of the last lease that central gave. */
    long lease() throws IOException {
        Path epoch = home.resolve("epoch");
        return Files.exists(epoch) ? Long.parseLong(Files.readString(epoch)) : 0;
    }

    void hear(List<String> said) {
        said.stream()
                .filter(line -> line.startsWith("done "))
                .forEach(line -> done.put(line.substring(5), attempts.size() - 1));
    }

    /** The next backup, with nothing done in between. */
    void goOn() throws Exception {
        try (Source source = realm.source()) {
            BackupOutcome outcome = KilledBackup.run(realm, source);
            assertTrue(outcome.committed());
            done.put(outcome.snapshot(), attempts.size() - 1);
            if (random.nextInt(4) == 0) {
                restore(source, source.snapshots().newest().orElseThrow());
            }
        }
    }

    /** What hosts have. */
    Set<String> packs() throws IOException {
        return realm.fragments().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toSet());
    }

    /** How many octets hosts have, all copies together. */
    long octets() throws IOException {
        long octets = 0;
        for (Path fragment : realm.fragments()) {
            octets += Files.size(fragment);
        }
        return octets;
    }

    /** How many of the packs that hosts had no snapshot needs, those counted before left out. */
    int inVain(Set<String> packs) throws IOException {
        Set<String> needless = new HashSet<>(packs);
        try (Source source = realm.source()) {
            for (Snapshot snapshot : source.snapshots().list()) {
                snapshot.manifest()
                        .added()
                        .forEach(entry -> needless.remove(entry.pack().toString()));
            }
        }
        needless.removeAll(inVain);
        inVain.addAll(needless);
        return needless.size();
    }

    int restored() {
        return restored;
    }

    void everythingComesBack() throws Exception {
        for (Path fragment : realm.fragments()) {
            assertEquals(
                    fragment.getFileName().toString(),
                    FragmentHasher.of(Files.readAllBytes(fragment)).toString());
        }
        try (Source source = realm.source()) {
            List<Snapshot> all = source.snapshots().list();
            Set<String> there = all.stream().map(Snapshot::id).collect(Collectors.toSet());
            assertTrue(there.containsAll(done.keySet()), "a snapshot that was reported done is gone");
            for (Snapshot snapshot : all) {
                restore(source, snapshot);
            }
        }
    }

    private void restore(Source source, Snapshot snapshot) throws Exception {
        Path target = home.resolve("restored" + restored);
        RestoreOutcome outcome = new Restore(
                        source, new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {}))
                .run(
                        new RestoreRequest(snapshot, List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL),
                        RestoreListener.SILENT);
        assertEquals(0, outcome.failed());
        Path data = target.resolve(home.getRoot().relativize(realm.data()));
        int attempt = Integer.parseInt(Files.readString(data.resolve("attempt")));
        assertEquals(done.getOrDefault(snapshot.id(), attempt), attempt, "another attempt than was reported");
        assertEquals(attempts.get(attempt), tree(data));
        restored++;
        delete(target);
    }

    private static Map<String, FragmentId> tree(Path folder) throws IOException {
        Map<String, FragmentId> tree = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                tree.put(file.getFileName().toString(), FragmentHasher.of(Files.readAllBytes(file)));
            }
        }
        return tree;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.delete(each);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
