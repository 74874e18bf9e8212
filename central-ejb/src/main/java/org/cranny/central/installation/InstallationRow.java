package org.cranny.central.installation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** An installation from its asking to its end; kept for ever. */
@Entity
@Table(name = "installation")
class InstallationRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "installation_seq")
    @SequenceGenerator(name = "installation_seq", sequenceName = "installation_seq", allocationSize = 50)
    private Long id;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String roles;
    private boolean purge;
    private String login;

    @Column(name = "dry_run")
    private boolean dryRun;

    @Column(name = "asked_by")
    private String askedBy;

    @Column(name = "asked_millis")
    private long askedMillis;

    @Column(name = "ended_millis")
    private Long endedMillis;

    protected InstallationRow() {}

    /** What is done on machines. */
    enum Kind {
        INSTALL,
        REMOVE
    }

    /** @param removal null when programs are installed */
    InstallationRow(Wanted wanted, Removal removal, String askedBy, Instant asked) {
        this.kind = removal == null ? Kind.INSTALL : Kind.REMOVE;
        this.purge = removal != null && removal.purge();
        this.roles = wanted.roleWords();
        this.login = wanted.user();
        this.dryRun = wanted.dryRun();
        this.askedBy = askedBy;
        this.askedMillis = asked.toEpochMilli();
    }

    void end(Instant now) {
        endedMillis = now.toEpochMilli();
    }

    long id() {
        return id;
    }

    /**
     * @param goesOn whether it runs in this process
     * @param machines null to leave them out
     */
    Installation shown(boolean goesOn, Installation.Counts counts, List<Installation.MachineLine> machines) {
        boolean broken = endedMillis == null && !goesOn;
        String state;
        if (endedMillis == null && goesOn) {
            state = "RUNNING";
        } else {
            state = counts.failed() > 0 || broken ? "INCOMPLETE" : "DONE";
        }
        return new Installation(
                id,
                kind.name(),
                state,
                Arrays.asList(roles.split(",")),
                login,
                purge,
                dryRun,
                askedBy,
                Instant.ofEpochMilli(askedMillis).toString(),
                endedMillis == null ? null : Instant.ofEpochMilli(endedMillis).toString(),
                counts.machines(),
                counts.ended(),
                counts.failed(),
                machines);
    }
}
