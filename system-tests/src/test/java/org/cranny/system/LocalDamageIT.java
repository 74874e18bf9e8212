package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a source remembers of its backups may be damaged or lost in any way: it is made again, or a command says how. */
@LongForm
@ExtendWith(SharesRealm.class)
class LocalDamageIT {
    private static final Set<String> REMEMBERED =
            Set.of("index", "packs", "cache", "snapshots", "journal", "holdings", "epoch");

    private final Realm realm;
    private Path tree;
    private Cranny source;
    private Path whole;

    LocalDamageIT(Realm realm) {
        this.realm = realm;
    }

    private enum Harm {
        FLIPPED {
            @Override
            void to(Path file) throws IOException {
                if (Files.size(file) > 0) {
                    Contents.flipBit(file, Files.size(file) / 2);
                }
            }
        },
        TORN {
            @Override
            void to(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() * 2 / 3);
                }
            }
        },
        DELETED {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @BeforeEach
    void backUp() {
        tree = Contents.tree(realm.emptyFolder("tree"), 60, 21);
        source = realm.source();
        Claims.done(source.run("backup", tree.toString()));
        Contents.noise(tree.resolve("more"), 100_000, 22);
        Claims.done(source.run("backup", tree.toString()));
        whole = realm.emptyFolder("whole").resolve("home");
        copy(source.home(), whole);
    }

    @Test
    void everyFileOfTheHomeMayBeFlippedTornOrDeleted() {
        List<String> problems = new ArrayList<>();
        for (Path file : remembered()) {
            for (Harm harm : Harm.values()) {
                String what = file + " " + harm;
                try {
                    putBack();
                    harm.to(source.home().resolve(file));
                    String trouble = goesOn();
                    if (!trouble.isEmpty()) {
                        problems.add(what + ": " + trouble);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(what, e);
                }
            }
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void everythingRememberedMayBeLostAtOnce() {
        for (String each : REMEMBERED) {
            run("rm", "-rf", source.home().resolve(each).toString());
        }
        assertEquals("", goesOn());
    }

    @Test
    void whatIsThereIsNotSentAgain() throws IOException {
        Harm.FLIPPED.to(source.home().resolve("index/packs"));
        Claims.refusesInOneLine(1, source.run("backup", tree.toString()), "damaged", "cranny rebuild-index");
        Claims.done(source.run("rebuild-index"));
        long sent = source.summaryOf(List.of(0), "backup", tree.toString())
                .getJsonNumber("newBytes")
                .longValue();
        assertEquals(0, sent);
    }

    /** Empty when the machine backs up and restores, at once or after what it says. */
    private String goesOn() {
        Command.Outcome backup = source.run("backup", tree.toString());
        if (backup.exit() != 0) {
            if (!backup.errors().contains("cranny rebuild-index")) {
                return "backup: " + backup.errors();
            }
            Command.Outcome mended = source.run("rebuild-index");
            if (mended.exit() != 0) {
                return "rebuild-index: " + mended.errors();
            }
            backup = source.run("backup", tree.toString());
            if (backup.exit() != 0) {
                return "backup after rebuild-index: " + backup.errors();
            }
        }
        Path target = realm.emptyFolder("back");
        Command.Outcome restore = source.run("restore", "--target", target.toString(), "latest");
        if (restore.exit() != 0) {
            return "restore: " + restore.errors();
        }
        Claims.restoredEqual(tree, target);
        run("rm", "-rf", target.toString());
        return "";
    }

    private List<Path> remembered() {
        try (Stream<Path> all = Files.walk(whole)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .map(whole::relativize)
                    .filter(file -> REMEMBERED.contains(file.getName(0).toString()))
                    .sorted()
                    .toList();
            assertTrue(files.size() > 7, files::toString);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putBack() {
        run("rm", "-rf", source.home().toString());
        copy(whole, source.home());
    }

    private static void copy(Path from, Path to) {
        run("cp", "-a", from.toString(), to.toString());
    }

    private static void run(String... command) {
        Claims.done(Command.run(Path.of("/"), List.of(command), Map.of()));
    }
}
