package org.cranny.central.upgrade;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.protocol.release.Upkeep;

/** What a program said of itself last. */
@Entity
@Table(name = "program")
@IdClass(ProgramRow.Key.class)
class ProgramRow {
    @Id
    private long system;

    @Id
    private String program;

    private String version;
    private String arch;

    @Enumerated(EnumType.STRING)
    private Upkeep upkeep;

    @Column(name = "since_millis")
    private long sinceMillis;

    @Column(name = "heard_millis")
    private long heardMillis;

    /** What names one. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;
        long system;
        String program;

        Key() {}

        Key(long system, String program) {
            this.system = system;
            this.program = program;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.system == system && Objects.equals(key.program, program);
        }

        @Override
        public int hashCode() {
            return Objects.hash(system, program);
        }
    }

    protected ProgramRow() {}

    ProgramRow(long system, String program) {
        this.system = system;
        this.program = program;
    }

    void heard(ProgramReport report, Instant now) {
        if (!report.version().equals(version)) {
            version = report.version();
            sinceMillis = now.toEpochMilli();
        }
        arch = report.arch();
        upkeep = report.upkeep();
        heardMillis = now.toEpochMilli();
    }

    long system() {
        return system;
    }

    String program() {
        return program;
    }

    String version() {
        return version;
    }

    String arch() {
        return arch;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    Instant since() {
        return Instant.ofEpochMilli(sinceMillis);
    }

    Instant heard() {
        return Instant.ofEpochMilli(heardMillis);
    }
}
