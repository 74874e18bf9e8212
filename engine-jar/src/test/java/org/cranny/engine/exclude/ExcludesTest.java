package org.cranny.engine.exclude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cranny.engine.posix.PathBytes;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExcludesTest {
    @TempDir
    Path folder;

    /** @param path with a slash at its end when it is a folder @param leftOut it, or a folder above it */
    record Case(String patterns, String path, boolean leftOut) {
        @Override
        public String toString() {
            return patterns.replace("\n", " | ") + (leftOut ? " leaves out " : " takes ") + path;
        }

        List<byte[]> lines() {
            return ExcludeFile.lines(octets(patterns));
        }
    }

    /** Patterns one a line; then paths, those that are left out with a minus before them. */
    private static Stream<Case> table() {
        return Stream.of(
                        of("foo", "-foo", "-foo/", "-a/foo", "-a/b/foo/", "-foo/x", "food", "afoo", "a/food/x"),
                        of("/foo", "-foo", "-foo/x", "a/foo", "a/foo/"),
                        of("foo/", "foo", "-foo/", "-foo/x", "a/foo", "-a/foo/"),
                        of("/foo/", "foo", "-foo/", "a/foo/"),
                        of("a/foo", "-a/foo", "-a/foo/x", "b/a/foo", "foo"),
                        of("/a/foo", "-a/foo", "b/a/foo"),
                        of("a/foo/", "a/foo", "-a/foo/", "x/a/foo/"),
                        of("*.o", "-x.o", "-a/x.o", "-.o", "-x.o/", "x.oo", "x.o.c", "-a/b.o/c"),
                        of("/*.c", "-cat.c", "mozilla/sha1.c"),
                        of("a/*.o", "-a/x.o", "a/b/x.o", "x.o"),
                        of("a/*/c", "-a/b/c", "a/c", "a/b/b/c", "-a/.x/c/d"),
                        of("foo*", "-foo", "-food", "-a/foo.x", "afoo"),
                        of("*foo*", "-foo", "-xfoox", "-a/xfoo/b", "fo"),
                        of("a*b*c", "-abc", "-axbxc", "-abcbc", "ab", "acb", "abcx"),
                        of("f?o", "-foo", "-fxo", "fo", "fxxo", "f/o"),
                        of("/f?o/x", "-foo/x", "f/o/x"),
                        of("[abc]x", "-ax", "-cx", "dx", "abcx"),
                        of("[a-c]x", "-bx", "dx", "-ax"),
                        of("[!a]x", "ax", "-bx", "x"),
                        of("[^a]x", "ax", "-bx"),
                        of("[]]x", "-]x", "x"),
                        of("[!]]x", "]x", "-ax"),
                        of("[]-]x", "-]x", "--x", "ax"),
                        of("[a\\]b]x", "-]x", "-bx", "cx"),
                        of("[[:digit:]]x", "-1x", "ax"),
                        of("[![:upper:]_]x", "Ax", "_x", "-ax"),
                        of("[[:alpha:][:digit:]-]x", "-ax", "-0x", "--x", "_x"),
                        of("[[:xdigit:]]z", "-fz", "gz"),
                        of("[[:space:]]z", "- z", "az"),
                        of("[c-a]x", "ax", "bx"),
                        of("[ab", "[ab", "a"),
                        of("foo\\", "foo", "foo\\"),
                        of("a[/]b", "a/b"),
                        of("a/[!x]b", "-a/yb", "a/xb", "a//b"),
                        of("**/foo", "-foo", "-a/foo", "-a/b/foo/", "food"),
                        of("**/foo/bar", "-foo/bar", "-a/foo/bar", "a/foo/b/bar"),
                        of("abc/**", "abc/", "-abc/x", "-abc/x/y", "x/abc/y", "abc"),
                        of("a/**/b", "-a/b", "-a/x/b", "-a/x/y/b", "a/xb", "b", "a/b.x", "x/a/b"),
                        of("a/**/b/**/c", "-a/b/c", "-a/x/b/y/c", "a/c", "a/x/c", "-a/b/b/c"),
                        of("**/a/**/b", "-a/b", "-x/a/y/b", "x/b"),
                        of("**", "-a", "-a/b"),
                        of("/**", "-a", "-a/b/"),
                        of("**/", "a", "-a/", "-a/b"),
                        of("a/**/", "a/x", "-a/x/", "-a/x/y", "a/"),
                        of("**/*.x", "-a.x", "-b/a.x"),
                        of("a/**/*.x", "-a/a.x", "-a/b/c/a.x", "a.x"),
                        of("a**", "-a", "-ab", "-x/ab/c"),
                        of("x/a**b", "-x/ab", "-x/aXb", "x/a/b"),
                        of("x/**b", "-x/b", "-x/ab", "x/a/b"),
                        of("***", "-a", "-a/b"),
                        of("a/***/b", "-a/b", "-a/x/b"),
                        of("*/b", "-a/b", "x/a/b", "b"),
                        of("*/*", "a", "-a/b"),
                        of("/*", "-a", "-a/b"),
                        of("/*\n!/foo\n/foo/*\n!/foo/bar", "foo/", "foo/bar/", "-foo/x", "-x", "foo/bar/y"),
                        of("*.log\n!keep.log", "-x.log", "keep.log", "a/keep.log"),
                        of("!keep.log\n*.log", "-keep.log"),
                        of("a/\n!a/b", "-a/", "-a/b"),
                        of("a/*\n!a/b", "a/", "a/b", "-a/c"),
                        of("*\n!*/\n!*.c", "a/", "a/x.c", "-a/x.o", "x.c", "-x"),
                        of("foo\n!foo\nfoo", "-foo"),
                        of("\\!foo", "-!foo", "foo"),
                        of("\\#foo", "-#foo", "foo"),
                        of("#foo", "#foo", "foo"),
                        of("!\\!foo", "!foo"),
                        of("\\*x", "-*x", "ax"),
                        of("a\\?", "-a?", "ab"),
                        of("a\\\\b", "-a\\b", "ab"),
                        of("\\a", "-a"),
                        of("a\\/b", "-a/b", "x/a/b"),
                        of("foo   ", "-foo"),
                        of("foo\\ ", "-foo ", "foo"),
                        of("foo\\  ", "-foo ", "foo", "foo  "),
                        of("fo o", "-fo o"),
                        of(" foo", "- foo", "foo"),
                        of("foo\r\nbar", "-foo", "-bar"),
                        of("foo\t", "foo", "-foo\t"),
                        of("\uFEFFfoo", "-foo"),
                        of("ä*", "-äx", "-ä", "ax"),
                        of("[ä]x", "äx"),
                        of("!", "!", "a"),
                        of("/", "a", "a/"),
                        of("", "a"),
                        of("a//b", "a/b"),
                        of("./a", "a"),
                        of("../a", "a"),
                        of("a/./b", "a/b"),
                        of(".*", "-.git2", "-.x/y", "x."),
                        of("*.*", "-a.b", "-.b", "a"),
                        of("?", "-a", "ab", "-x/y"),
                        of("*?*", "-a", "-ab"),
                        of("*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                        of("**/a/**/a/**/a/**/a/**/b", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/c"))
                .flatMap(List::stream);
    }

    private static List<Case> of(String patterns, String... paths) {
        return Arrays.stream(paths)
                .map(path -> path.startsWith("-")
                        ? new Case(patterns, path.substring(1), true)
                        : new Case(patterns, path, false))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("table")
    void meansWhatTheManualSays(Case one) {
        assertEquals(one.leftOut(), fromAbove(Excludes.NONE.and(one.lines()), octets(one.path())));
    }

    /** The table is right: git itself says the same. */
    @Test
    void gitAgrees() throws Exception {
        Assumptions.assumeTrue(hasGit(), "git is not installed");
        Path git = folder.resolve("git");
        run(List.of("git", "init", "-q", "--bare", git.toString()));
        Files.createDirectories(git.resolve("info"));
        List<String> differences = new ArrayList<>();
        for (Case one : table().toList()) {
            if (one.path().contains("//")) {
                continue;
            }
            Files.write(git.resolve("info/exclude"), octets(one.patterns()));
            Path tree = Files.createTempDirectory(folder, "tree");
            byte[] name = make(tree, one.path());
            int code = run(
                    List.of(
                            "git",
                            "--git-dir",
                            git.toString(),
                            "--work-tree",
                            tree.toString(),
                            "-C",
                            tree.toString(),
                            "check-ignore",
                            "--no-index",
                            "-q",
                            "--stdin",
                            "-z"),
                    name);
            if ((code == 0) != one.leftOut()) {
                differences.add(one + ", and git says otherwise (" + code + ")");
            }
        }
        assertEquals(List.of(), differences);
    }

    @Test
    void namesAreOctets() {
        byte[] latin = {'a', (byte) 0xE4, (byte) 0xFF, 'z'};
        assertTrue(Excludes.NONE.and(List.of(octets("a??z"))).leavesOut(latin, false));
        assertTrue(Excludes.NONE.and(List.of(octets("a*z"))).leavesOut(latin, false));
        assertTrue(
                Excludes.NONE.and(List.of(new byte[] {'a', (byte) 0xE4, '*'})).leavesOut(latin, false));
        assertFalse(
                Excludes.NONE.and(List.of(new byte[] {'a', (byte) 0xE5, '*'})).leavesOut(latin, false));
        byte[] set = {'a', '[', (byte) 0xE0, '-', (byte) 0xEF, ']', '*'};
        assertTrue(Excludes.NONE.and(List.of(set)).leavesOut(latin, false));
    }

    @Test
    void patternsOfAFolderHoldBelowItAndWinOverThoseBefore() {
        Excludes excludes = Excludes.NONE
                .and(List.of(octets("*.tmp")))
                .andIn(octets("/home/anna/"), List.of(octets("!*.tmp"), octets("/x")));
        assertTrue(excludes.leavesOut(octets("home/bert/a.tmp"), false));
        assertFalse(excludes.leavesOut(octets("home/anna/a.tmp"), false));
        assertFalse(excludes.leavesOut(octets("home/anna/b/a.tmp"), false));
        assertTrue(excludes.leavesOut(octets("home/anna/x"), false));
        assertFalse(excludes.leavesOut(octets("home/annax/x"), false));
        assertFalse(excludes.leavesOut(octets("home/anna/b/x"), false));
        assertFalse(excludes.leavesOut(octets("home/anna"), true));
    }

    @Test
    void saysWhichPatternsNeverFit() {
        for (String hopeless : List.of("[ab", "a\\", "[[:no:]]", "", "/", "!")) {
            assertTrue(Excludes.isHopeless(octets(hopeless)), hopeless);
        }
        for (String good : List.of("a", "[]]", "**", "!x/", "[a]")) {
            assertFalse(Excludes.isHopeless(octets(good)), good);
        }
    }

    @Test
    void hostilePatternsTakeNoTime() {
        byte[] text = octets("a/".repeat(1_000) + "a".repeat(2_000));
        byte[] pattern = octets("**/" + "*a".repeat(200) + "/**/" + "*a*".repeat(200) + "b");
        long begun = System.nanoTime();
        assertFalse(Excludes.NONE.and(List.of(pattern)).leavesOut(text, false));
        assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(5));
    }

    private static boolean fromAbove(Excludes excludes, byte[] path) {
        for (int i = 0; i < path.length; i++) {
            boolean last = i == path.length - 1;
            if (path[i] == '/' || last) {
                boolean folder = path[i] == '/';
                byte[] above = Arrays.copyOf(path, folder ? i : i + 1);
                if (excludes.leavesOut(above, folder)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Makes a file or folder, and gives its path without a slash at the end. */
    private static byte[] make(Path tree, String path) throws IOException {
        boolean isFolder = path.endsWith("/");
        byte[] name = octets(isFolder ? path.substring(0, path.length() - 1) : path);
        Path file = PathBytes.toPath(PathBytes.join(PathBytes.of(tree), name));
        Files.createDirectories(isFolder ? file : file.getParent());
        if (!isFolder) {
            Files.createFile(file);
        }
        return name;
    }

    private static boolean hasGit() {
        return Stream.of("/usr/bin/git", "/usr/local/bin/git", "/bin/git")
                .anyMatch(file -> Files.exists(Path.of(file)));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        assertEquals(0, run(command, new byte[0]));
    }

    private static int run(List<String> command, byte[] input) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", "/nowhere");
        Process process = builder.start();
        process.getOutputStream().write(input);
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
