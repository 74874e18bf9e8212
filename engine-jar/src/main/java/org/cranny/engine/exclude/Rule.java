package org.cranny.engine.exclude;

import java.util.Arrays;

/**
 * One pattern, taken apart.
 *
 * @param takenBack whether it began with {@code !}: what it fits is not left out after all
 * @param foldersOnly whether it ended with a slash
 * @param nameOnly whether it has no other slash, and so is compared with the name in any folder
 * @param glob null when it never fits
 */
record Rule(boolean takenBack, boolean foldersOnly, boolean nameOnly, Glob glob) {

    static Rule of(byte[] pattern) {
        int from = pattern.length > 0 && pattern[0] == '!' ? 1 : 0;
        boolean foldersOnly = pattern.length > from && pattern[pattern.length - 1] == '/';
        int to = foldersOnly ? pattern.length - 1 : pattern.length;
        boolean nameOnly = true;
        for (int i = from; i < to; i++) {
            nameOnly &= pattern[i] != '/';
        }
        int first = from < to && pattern[from] == '/' ? from + 1 : from;
        Glob glob = first == to ? null : Glob.of(Arrays.copyOfRange(pattern, first, to));
        return new Rule(from == 1, foldersOnly, nameOnly, glob);
    }

    /** @param from where the path begins that is relative to the rule's folder @param name where the last name begins */
    boolean fits(byte[] path, int from, int name, boolean folder) {
        return glob != null && (folder || !foldersOnly) && glob.fits(path, nameOnly ? name : from, path.length);
    }
}
