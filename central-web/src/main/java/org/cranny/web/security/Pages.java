package org.cranny.web.security;

import java.util.Map;
import java.util.Set;

/**
 * For whom each page is; {@code docs/reference/access.md} has the same rows, and a test compares them. A page that is
 * not listed is for administrators alone.
 */
final class Pages {
    private static final Set<String> EVERYBODY_BUT_OWNERS =
            Set.of(Roles.HELPDESK, Roles.ADMINISTRATOR, Roles.RECOVERY_OFFICER, Roles.AUDITOR);

    static final Map<String, Set<String>> ROWS =
            Map.of("/", EVERYBODY_BUT_OWNERS, "/overview.xhtml", EVERYBODY_BUT_OWNERS);

    private Pages() {}

    static boolean isFor(String path, Set<String> roles) {
        Set<String> wanted = ROWS.getOrDefault(path.isEmpty() ? "/" : path, Set.of(Roles.ADMINISTRATOR));
        return roles.stream().anyMatch(wanted::contains);
    }
}
