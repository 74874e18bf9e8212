package org.cranny.web.pages.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cranny.web.security.Roles;

/**
 * Every page that people see once they are logged in, and for whom it is. A page that is not here is for nobody. Of a
 * page about one machine owners see those of their own machines only ({@link #machine()}).
 */
public enum Page {
    OVERVIEW("/overview.xhtml", null, Reader.ALL),
    MINE("/mine.xhtml", null, Reader.OWNER),
    DEVICE("/device.xhtml", MINE, Reader.OWNER, "id"),
    SYSTEMS("/systems.xhtml", null, Reader.DESK),
    SYSTEM("/system.xhtml", SYSTEMS, Reader.OWNER_AND_DESK, "id"),
    INSTALL("/install.xhtml", null, Reader.AUDIT),
    VERSIONS("/versions.xhtml", INSTALL, Reader.AUDIT),
    BACKUPS("/backups.xhtml", null, Reader.OWNER_AND_DESK, "system"),
    BROWSE("/browse.xhtml", BACKUPS, Reader.OWNER_AND_DESK, "system"),
    FILE("/file.xhtml", BACKUPS, Reader.OWNER_AND_DESK, "system"),
    DIFFERENCES("/differences.xhtml", BACKUPS, Reader.OWNER_AND_DESK, "system"),
    RESTORE("/restore.xhtml", BACKUPS, Reader.ORDERING, "system"),
    RECOVERY("/recovery.xhtml", null, Reader.EVERYBODY),
    RECOVER("/recover.xhtml", RECOVERY, Reader.RECOVERING, "system"),
    POLICIES("/policies.xhtml", null, Reader.DESK),
    POLICY("/policy.xhtml", POLICIES, Reader.DESK),
    JOBS("/jobs.xhtml", null, Reader.OWNER_AND_DESK, "system"),
    JOB("/job.xhtml", JOBS, Reader.OWNER_AND_DESK),
    MASTER_FILE("/master-file.xhtml", null, Reader.DESK),
    LOG("/log.xhtml", null, Reader.AUDIT),
    SETTINGS("/settings.xhtml", null, Reader.AUDIT);

    /** Circles of people that see the same pages. */
    private enum Reader {
        OWNER(Roles.OWNER),
        AUDIT(Roles.ADMINISTRATOR, Roles.AUDITOR),
        DESK(Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK),
        OWNER_AND_DESK(Roles.OWNER, Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK),
        /** Those who may order jobs of a machine. */
        ORDERING(Roles.OWNER, Roles.ADMINISTRATOR, Roles.HELPDESK),
        /** Those who may ask for a recovery. */
        RECOVERING(Roles.OWNER, Roles.ADMINISTRATOR),
        ALL(Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK, Roles.RECOVERY_OFFICER),
        EVERYBODY(Roles.OWNER, Roles.ADMINISTRATOR, Roles.AUDITOR, Roles.HELPDESK, Roles.RECOVERY_OFFICER);

        private final Set<String> roles;

        Reader(String... roles) {
            this.roles = Set.of(roles);
        }
    }

    private final String path;
    private final Page chapter;
    private final Reader reader;
    private final String machine;

    Page(String path, Page chapter, Reader reader) {
        this(path, chapter, reader, null);
    }

    /**
     * @param chapter the page of the menu that it belongs to; null when it is one itself
     * @param machine what the number of its machine is called in its address; null when it has none
     */
    Page(String path, Page chapter, Reader reader, String machine) {
        this.path = path;
        this.chapter = chapter;
        this.reader = reader;
        this.machine = machine;
    }

    /** Those of the menu, in its order. */
    public static List<Page> menu() {
        return Arrays.stream(values()).filter(page -> page.chapter == null).toList();
    }

    /** The page at this path below the application's. */
    public static Optional<Page> at(String path) {
        return Arrays.stream(values()).filter(page -> page.path.equals(path)).findFirst();
    }

    /** Where somebody begins; nowhere without a role. @param isInRole what the visitor can be */
    public static Optional<Page> first(Predicate<String> isInRole) {
        return menu().stream().filter(page -> page.isFor(isInRole)).findFirst();
    }

    public String path() {
        return path;
    }

    /** The page of the menu that it belongs to, which may be itself. */
    public Page chapter() {
        return chapter == null ? this : chapter;
    }

    /** What the number of the machine that it is about is called in its address. */
    public Optional<String> machine() {
        return Optional.ofNullable(machine);
    }

    public Set<String> roles() {
        return reader.roles;
    }

    /** @param isInRole what the caller can be */
    public boolean isFor(Predicate<String> isInRole) {
        return roles().stream().anyMatch(isInRole);
    }
}
