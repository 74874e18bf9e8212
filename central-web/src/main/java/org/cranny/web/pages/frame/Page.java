package org.cranny.web.pages.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cranny.web.security.Roles;

/** Every page that people see once they are logged in, and for whom it is. A page that is not here is for nobody. */
public enum Page {
    OVERVIEW("/overview.xhtml", null, Reader.ALL),
    SYSTEMS("/systems.xhtml", null, Reader.DESK),
    SYSTEM("/system.xhtml", SYSTEMS, Reader.DESK),
    BACKUPS("/backups.xhtml", null, Reader.DESK),
    BROWSE("/browse.xhtml", BACKUPS, Reader.DESK),
    FILE("/file.xhtml", BACKUPS, Reader.DESK),
    DIFFERENCES("/differences.xhtml", BACKUPS, Reader.DESK),
    RESTORE("/restore.xhtml", BACKUPS, Reader.ADMINISTRATOR),
    RECOVERY("/recovery.xhtml", null, Reader.ALL),
    RECOVER("/recover.xhtml", RECOVERY, Reader.ADMINISTRATOR),
    POLICIES("/policies.xhtml", null, Reader.DESK),
    POLICY("/policy.xhtml", POLICIES, Reader.DESK),
    JOBS("/jobs.xhtml", null, Reader.DESK),
    JOB("/job.xhtml", JOBS, Reader.DESK),
    MASTER_FILE("/master-file.xhtml", null, Reader.DESK),
    LOG("/log.xhtml", null, Reader.AUDIT),
    SETTINGS("/settings.xhtml", null, Reader.AUDIT);

    /** Circles of people that see the same pages. */
    private enum Reader {
        ADMINISTRATOR(Roles.ADMINISTRATOR),
        AUDIT(Roles.ADMINISTRATOR, Roles.AUDITOR),
        DESK(Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK),
        ALL(Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK, Roles.RECOVERY_OFFICER);

        private final Set<String> roles;

        Reader(String... roles) {
            this.roles = Set.of(roles);
        }
    }

    private final String path;
    private final Page chapter;
    private final Reader reader;

    /** @param chapter the page of the menu that it belongs to; null when it is one itself */
    Page(String path, Page chapter, Reader reader) {
        this.path = path;
        this.chapter = chapter;
        this.reader = reader;
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
        return reader.roles;
    }

    /** @param isInRole what the caller can be */
    public boolean isFor(Predicate<String> isInRole) {
        return roles().stream().anyMatch(isInRole);
    }
}
