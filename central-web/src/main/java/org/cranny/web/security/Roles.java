package org.cranny.web.security;

import java.util.Set;

/**
 * What a caller can be. Machines get theirs from their enrollment, people from the directory's groups. Who may do what
 * stands in {@code docs/reference/access.md}.
 */
public final class Roles {
    /** Any enrolled machine. */
    public static final String SYSTEM = "system";

    /** A machine that lends space. */
    public static final String HOST = "host";

    /** A machine that is backed up. */
    public static final String SOURCE = "source";

    /** A machine that looks at hosts and lends nothing. */
    public static final String MONITOR = "monitor";

    /** Whoever shows the token for metrics. */
    public static final String SCRAPER = "scraper";

    /** A person who sees and restores the machines that are theirs, and no others. */
    public static final String OWNER = "owner";

    /** A person who looks, browses, backs up, restores to the same machine, and shuts out what was stolen. */
    public static final String HELPDESK = "helpdesk";

    /** A person who may see and change everything, but gives no leave to open backups and has no part of the escrow key. */
    public static final String ADMINISTRATOR = "administrator";

    /** A person who gives leave to open backups, and may hold a share of the escrow key. */
    public static final String RECOVERY_OFFICER = "recovery-officer";

    /** A person who reads everything and changes nothing. */
    public static final String AUDITOR = "auditor";

    /** The roles that people can have. */
    public static final Set<String> PEOPLE = Set.of(OWNER, HELPDESK, ADMINISTRATOR, RECOVERY_OFFICER, AUDITOR);

    private Roles() {}
}
