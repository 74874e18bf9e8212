package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.backup.Rules;
import org.cranny.engine.exclude.DefaultExcludes;
import org.cranny.engine.exclude.ExcludeFile;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.walk.Mounts;
import picocli.CommandLine.Option;

/** What a backup leaves out ({@code docs/reference/patterns.md}). */
final class RulesOptions {
    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave out what fits, as in a .gitignore file in the folder /; may be repeated.")
    private List<String> patterns = new ArrayList<>();

    @Option(
            names = "--exclude-file",
            paramLabel = "FILE",
            description = "Leave out what fits a pattern of this file; may be repeated.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--exclude-caches", description = "Leave out what lies in folders with a CACHEDIR.TAG.")
    private boolean caches;

    @Option(
            names = "--exclude-larger-than",
            paramLabel = "SIZE",
            converter = Amount.class,
            description = "Leave out files that are larger, for example 4G.")
    private Long largest;

    @Option(
            names = "--no-default-excludes",
            description = "Keep the caches of well-known tools too (docs/reference/patterns.md lists them).")
    private boolean noDefaults;

    @Option(names = "--one-file-system", description = "Stay on the file systems of the paths that are named.")
    private boolean oneFileSystem;

    @Option(names = "--all", description = "Back up all local disks, instead of naming paths.")
    private boolean all;

    boolean all() {
        return all;
    }

    /** Whether anything was said of what is taken or left out. */
    boolean given() {
        return all
                || caches
                || noDefaults
                || oneFileSystem
                || largest != null
                || !patterns.isEmpty()
                || !files.isEmpty();
    }

    /** Refuses when nothing is named, or both paths and all. */
    void checkNamed(List<String> typed, FileList list) {
        boolean named = !typed.isEmpty() || list.given();
        if (all == named) {
            throw new WrongUseException(
                    all
                            ? "--all stands for all paths. Leave the paths out, or --all."
                            : "Name a PATH, or a list of files with --files-from, or say --all.");
        }
    }

    /** The paths that are backed up. */
    List<byte[]> paths(List<String> typed, FileList list) throws IOException {
        if (all) {
            return List.of(new byte[] {'/'});
        }
        List<byte[]> octets = new ArrayList<>(list.read());
        for (String path : typed) {
            octets.add(TypedPaths.existing(path));
        }
        if (octets.isEmpty()) {
            throw new WrongUseException("The list of files is empty. Name at least one file or folder.");
        }
        return octets;
    }

    Rules rules() throws IOException {
        Excludes excludes = noDefaults ? Excludes.NONE : Excludes.NONE.and(DefaultExcludes.patterns());
        for (Path file : files) {
            excludes = excludes.and(ExcludeFile.read(file));
        }
        List<byte[]> closed = all ? Mounts.here().foreign() : List.of();
        return new Rules(
                excludes.and(patterns(patterns)),
                caches,
                largest == null ? Long.MAX_VALUE : largest,
                oneFileSystem,
                closed);
    }

    /** Patterns as they were typed, in octets. */
    static List<byte[]> patterns(List<String> typed) throws IOException {
        List<byte[]> octets = new ArrayList<>();
        for (String pattern : typed) {
            octets.add(possible(TypedPaths.octets(pattern)));
        }
        return octets;
    }

    private static byte[] possible(byte[] pattern) {
        if (Excludes.isHopeless(pattern)) {
            throw new WrongUseException("The pattern '" + PathBytes.printable(pattern)
                    + "' can never fit anything. Close its bracket, or take the backslash at its end away.");
        }
        return pattern;
    }
}
