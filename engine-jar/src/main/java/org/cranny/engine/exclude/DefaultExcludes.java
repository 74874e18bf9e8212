package org.cranny.engine.exclude;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is left out unless somebody says otherwise: caches that their tools fill again by themselves, and the kernel's
 * own views. {@code docs/reference/patterns.md} lists them, and a test compares the two.
 */
public final class DefaultExcludes {
    private static final List<String> PATTERNS = List.of(
            "/proc/*",
            "/sys/*",
            "/home/*/.cache/*",
            "/root/.cache/*",
            "/var/cache/apt/archives/*.deb",
            "/var/cache/dnf/*",
            "/var/cache/pacman/pkg/*",
            "/var/cache/yum/*",
            "/var/cache/zypp/*",
            ".ccache/",
            "**/.gradle/caches/",
            ".mypy_cache/",
            "**/.npm/_cacache/",
            ".pytest_cache/",
            ".ruff_cache/",
            "**/.cargo/registry/cache/",
            "**/.config/**/GPUCache/",
            "**/.config/**/Code Cache/");

    private DefaultExcludes() {}

    public static List<String> texts() {
        return PATTERNS;
    }

    /** In octets, to stand before all others, so that these can take back. */
    public static List<byte[]> patterns() {
        return PATTERNS.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
