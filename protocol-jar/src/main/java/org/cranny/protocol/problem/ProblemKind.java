package org.cranny.protocol.problem;

/**
 * Every way in which a request can fail: a stable code, an HTTP status, the exit code of the command line, a line of
 * advice. {@code docs/reference/problems.md} lists them, and a test compares the two.
 */
public enum ProblemKind {
    BAD_REQUEST(400, 2, "Mend the field that is named and ask again."),
    UNKNOWN_TOKEN(403, 1, "Ask your administrator for a new enrollment token."),
    EXPIRED_TOKEN(403, 1, "The token is used up or too old: ask your administrator for a new one."),
    NOT_LOGGED_IN(401, 1, "Log in, or present a certificate of this realm."),
    DIRECTORY_AWAY(503, 1, "Try again in a minute; then look at the directory, or at cranny.ldap.url."),
    NOT_ALLOWED(403, 1, "This account or machine has no right to do that."),
    REVOKED(403, 1, "This machine was shut out by its administrator."),
    NO_ALLOTMENT(403, 1, "Contact central once, so that it renews the allotment."),
    ALLOTMENT_USED_UP(413, 1, "This source may keep no more here: ask your administrator for more room."),
    NO_GRANT(403, 1, "Ask central for a grant for this act at this daemon."),
    NO_BROWSING(
            409,
            1,
            "Its policy keeps its file names from central: try again when the machine is on, list them there, or recover it."),
    ESCROW_CLOSED(503, 1, "Give central the file with the escrow passphrase: cranny.escrow.passphrase-file."),
    NO_PACKAGES(503, 1, "Put the archives that bin/package makes into a folder and name it: cranny.packages."),
    NOT_APPROVED(403, 1, "Somebody else gives leave: cranny admin approvals."),
    NOT_FOUND(404, 1, "Check the id."),
    WRONG_HASH(422, 1, "The octets changed on the way: send them again."),
    HOST_FULL(507, 4, "Another host is chosen."),
    CENTRAL_FULL(507, 1, "Make room on central's disk; it goes on by itself."),
    SPOOL_FULL(507, 1, "Wait until what was uploaded before is kept, then upload it again."),
    READ_ONLY(503, 1, "The host's disk failed; its owner has to look at it."),
    TOO_LARGE(413, 1, "Send less at once."),
    TOO_SLOW(408, 1, "Try again, over a faster connection."),
    VERSION_CONFLICT(409, 1, "Another backup of this source was committed before: fetch it and commit again."),
    PACKS_MISSING(409, 1, "The packs named are gone: their chunks are sent again."),
    LEASE_TAKEN(409, 1, "Another backup of this machine is running: wait for it to end."),
    CLAIM_PASSED(409, 1, "Stop this work: the job ended, or was handed out again."),
    TOO_OFTEN(429, 1, "Wait a minute and try again."),
    UNSUPPORTED(406, 1, "Upgrade the older side."),
    INTERNAL(500, 1, "Look into the log of the answering side under the given id.");

    private final int status;
    private final int exitCode;
    private final String advice;

    ProblemKind(int status, int exitCode, String advice) {
        this.status = status;
        this.exitCode = exitCode;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public int exitCode() {
        return exitCode;
    }

    public String advice() {
        return advice;
    }
}
