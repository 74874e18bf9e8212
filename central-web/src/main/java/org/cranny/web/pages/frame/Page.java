package org.cranny.web.pages.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cranny.web.security.Roles;

/** Every page that people see once they are logged in, and for whom it is. A page that is not here is for nobody. */
public enum Page {
    OVERVIEW("/overview.xhtml", null),
    SYSTEMS("/systems.xhtml", null),
    SYSTEM("/system.xhtml", SYSTEMS),
    BACKUPS("/backups.xhtml", null),
    BROWSE("/browse.xhtml", BACKUPS),
    FILE("/file.xhtml", BACKUPS),
    DIFFERENCES("/differences.xhtml", BACKUPS),
    RESTORE("/restore.xhtml", BACKUPS),
    RECOVERY("/recovery.xhtml", null),
    RECOVER("/recover.xhtml", RECOVERY),
    POLICIES("/policies.xhtml", null),
    POLICY("/policy.xhtml", POLICIES),
    JOBS("/jobs.xhtml", null),
    JOB("/job.xhtml", JOBS),
    MASTER_FILE("/master-file.xhtml", null),
    LOG("/log.xhtml", null),
    SETTINGS("/settings.xhtml", null);

    private final String path;
    private final Page chapter;
    private final Set<String> roles;

    /** @param chapter the page of the menu that it belongs to; null when it is one itself */
    Page(String path, Page chapter, String... roles) {
        this.path = path;
        this.chapter = chapter;
        this.roles = roles.length == 0 ? Set.of(Roles.ADMINISTRATOR) : Set.of(roles);
    }

    /** Those of the menu, in its order. */
    public static List<Page> menu() {
        return Arrays.stream(values()).filter(page -> page.chapter == null).toList();
    }

    /** The page at this path below the application's. */
    public static Optional<Page> at(String path) {
        return Arrays.stream(values()).filter(page -> page.path.equals(path)).findFirst();
    }

    public String path() {
        return path;
    }

    /** The page of the menu that it belongs to, which may be itself. */
    public Page chapter() {
        return chapter == null ? this : chapter;
    }

    public Set<String> roles() {
        return roles;
    }

    /** @param isInRole what the caller can be */
    public boolean isFor(Predicate<String> isInRole) {
        return roles.stream().anyMatch(isInRole);
    }
}
