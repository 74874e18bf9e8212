package org.cranny.web.security;

/** What a caller can be. Machines get theirs from their enrollment, people from the directory's groups of the same name. */
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

    /** A person who may see and change everything but other people's data. */
    public static final String ADMINISTRATOR = "administrator";

    private Roles() {}
}
