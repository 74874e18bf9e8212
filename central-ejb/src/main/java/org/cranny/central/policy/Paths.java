package org.cranny.central.policy;

import java.util.Arrays;

/** Paths on a source, which central never opens. */
final class Paths {
    private static final int LONGEST = 4_096;

    private Paths() {}

    /** Whether it begins with a slash and names every folder once, without {@code .}, {@code ..} and empty names. */
    static boolean isAbsolute(String path) {
        return path.equals("/")
                || path.startsWith("/")
                        && path.length() <= LONGEST
                        && path.indexOf('\0') < 0
                        && Arrays.stream(path.substring(1).split("/", -1))
                                .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    }
}
