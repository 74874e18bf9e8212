package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cranny.engine.backup.HostileTrees.Hostile;
import org.cranny.engine.backup.HostileTrees.Kind;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Scrap;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Restores of trees that a source made to do harm. Each ends, leaves everything beside its target as it was, and brings
 * back what is right or says in one line what it left out; the file beside the hostile folder always comes back.
 */
class HostileTreesTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final List<String> broken = new ArrayList<>();
    private Scrap scrap;
    private Path place;
    private Path outside;
    private HostileSource source;

    @BeforeEach
    void make() throws Exception {
        scrap = new Scrap();
        place = scrap.path().resolve("place");
        outside = Files.createDirectories(place.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "untouched");
        Files.createDirectory(outside.resolve("folder"));
        source = new HostileSource(scrap.path().resolve("source"));
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        scrap.close();
    }

    @Test
    void everyHostileTreeEndsStaysInsideAndIsSaid() throws Exception {
        List<Hostile> trees = new HostileTrees(source, outside.toString()).all();
        Map<Kind, Integer> back = new EnumMap<>(Kind.class);
        Map<Kind, Integer> leftOut = new EnumMap<>(Kind.class);
        List<String> before = canaries();
        for (Hostile tree : trees) {
            if (broken.size() > 40) {
                break;
            }
            boolean safe = tree.what().startsWith("safe: ");
            once(tree, "empty", safe ? TargetRules.SAFE : TargetRules.FAITHFUL, Overwrite.IF_CHANGED, false);
            once(tree, "safe", TargetRules.SAFE, Overwrite.ALWAYS, true);
            if (!canaries().equals(before)) {
                broken.add(tree + ": wrote outside of its target: " + canaries());
                before = canaries();
            }
            (tree.leftOut() == null ? back : leftOut).merge(tree.kind(), 1, Integer::sum);
        }
        System.out.println(trees.size() + " hostile trees, each restored twice: came back " + back
                + "; left out and said " + leftOut);
        assertEquals(List.of(), broken);
        assertTrue(trees.size() >= 60);
    }

    /** The first restore is into a fresh target, then over what it left; every later way must say the same. */
    private void once(Hostile tree, String run, TargetRules rules, Overwrite overwrite, boolean delete)
            throws Exception {
        Path target = place.resolve("target");
        try {
            if (tree.first() != null) {
                restore(tree.first(), target, TargetRules.FAITHFUL, Overwrite.ALWAYS, false);
            }
            check(tree, run, rules, restore(tree.root(), target, rules, overwrite, delete), target);
            check(tree, run + " again", rules, restore(tree.root(), target, rules, Overwrite.ALWAYS, delete), target);
        } catch (Exception | AssertionError | OutOfMemoryError | StackOverflowError e) {
            broken.add(tree + " (" + run + "): " + e);
        }
        new ProcessBuilder("rm", "-rf", target.toString()).inheritIO().start().waitFor();
    }

    private record Said(RestoreOutcome outcome, List<String> lines) {}

    private Said restore(ChunkId root, Path target, TargetRules rules, Overwrite overwrite, boolean delete)
            throws IOException {
        Snapshot snapshot = source.snapshot(root);
        List<String> lines = new ArrayList<>();
        RestoreListener told = new RestoreListener() {
            @Override
            public void failed(String path, String reason) {
                synchronized (lines) {
                    lines.add(path + ": " + reason);
                }
            }
        };
        RestoreOutcome outcome = assertTimeoutPreemptively(
                LONGEST, () -> source.restore(snapshot, target, overwrite, delete, rules, told));
        lines.addAll(outcome.warnings());
        return new Said(outcome, lines);
    }

    private void check(Hostile tree, String run, TargetRules rules, Said said, Path target) throws IOException {
        String which = tree + " (" + run + "): ";
        if (!Files.isRegularFile(target.resolve("zzz"))
                || !Files.readString(target.resolve("zzz")).equals("evil")) {
            broken.add(which + "the file beside it is missing");
        }
        boolean named = tree.leftOut() != null && said.lines().stream().anyMatch(line -> line.contains(tree.leftOut()));
        boolean safeMayLeaveOut = tree.leftOut() != null && rules.safe();
        if (tree.leftOut() == null && said.outcome().failed() > 0) {
            broken.add(which + "did not come back: " + said.lines());
        } else if (tree.leftOut() != null && !named && !safeMayLeaveOut) {
            broken.add(which + "was not said: " + said.lines());
        }
        if (said.lines().stream().anyMatch(line -> line.chars().anyMatch(Character::isISOControl))) {
            broken.add(which + "is said in more than one line: " + said.lines());
        }
    }

    /** What stands beside the target, as it is. */
    private List<String> canaries() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var all = Files.walk(place)) {
            for (Path path : all.filter(path -> !path.startsWith(place.resolve("target")))
                    .sorted()
                    .toList()) {
                Stat stat = Posix.here().stat(Posix.CWD, PathBytes.of(path));
                String content = Files.isRegularFile(path) ? Files.readString(path) : "";
                String modified = path.equals(place) ? "" : stat.mtimeSeconds() + "." + stat.mtimeNanos();
                lines.add(path + " " + stat.mode() + " " + stat.uid() + ":" + stat.gid() + " " + stat.nlink() + " "
                        + modified + " " + content);
            }
        }
        return lines;
    }
}
