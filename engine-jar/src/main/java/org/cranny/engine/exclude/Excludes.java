package org.cranny.engine.exclude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a backup leaves out: patterns with the meaning that gitignore(5) gives them, for names that are octets.
 *
 * <p>A pattern belongs to a folder and is compared with paths below it; the last one that fits decides. Who asks goes
 * from the top down and enters no folder that is left out, so nothing below such a folder can be taken back.
 * Unchangeable. Source of the rules: {@code docs/reference/patterns.md}.
 */
public final class Excludes {
    public static final Excludes NONE = new Excludes(List.of());

    private final List<Group> groups;

    private Excludes(List<Group> groups) {
        this.groups = groups;
    }

    private record Group(byte[] folder, Rule[] rules) {}

    /** These, and then patterns of {@code /}, which win where both fit. */
    public Excludes and(Collection<byte[]> patterns) {
        return andIn(new byte[0], patterns);
    }

    /**
     * These, and then patterns that hold below a folder and win where both fit.
     *
     * @param folder raw octets, relative to {@code /} with or without a slash before it
     */
    public Excludes andIn(byte[] folder, Collection<byte[]> patterns) {
        if (patterns.isEmpty()) {
            return this;
        }
        List<Group> more = new ArrayList<>(groups);
        more.add(new Group(inside(folder), patterns.stream().map(Rule::of).toArray(Rule[]::new)));
        return new Excludes(List.copyOf(more));
    }

    /** Whether this is left out. @param path raw octets, relative to {@code /} */
    public boolean leavesOut(byte[] path, boolean folder) {
        int name = path.length;
        while (name > 0 && path[name - 1] != '/') {
            name--;
        }
        for (int i = groups.size() - 1; i >= 0; i--) {
            Group group = groups.get(i);
            int from = below(group.folder(), path);
            for (int j = group.rules().length - 1; from >= 0 && j >= 0; j--) {
                if (group.rules()[j].fits(path, from, name, folder)) {
                    return !group.rules()[j].takenBack();
                }
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Whether a pattern is one that can never fit anything: an open bracket, an unknown class, a backslash at its end. */
    public static boolean isHopeless(byte[] pattern) {
        return Rule.of(pattern).glob() == null;
    }

    private static byte[] inside(byte[] folder) {
        int from = folder.length > 0 && folder[0] == '/' ? 1 : 0;
        int to = folder.length > from && folder[folder.length - 1] == '/' ? folder.length - 1 : folder.length;
        return Arrays.copyOfRange(folder, from, to);
    }

    /** Where the part of the path begins that is relative to this folder; -1 when it is not below it. */
    private static int below(byte[] folder, byte[] path) {
        if (folder.length == 0) {
            return 0;
        }
        boolean inside = path.length > folder.length + 1
                && path[folder.length] == '/'
                && Arrays.equals(path, 0, folder.length, folder, 0, folder.length);
        return inside ? folder.length + 1 : -1;
    }
}
