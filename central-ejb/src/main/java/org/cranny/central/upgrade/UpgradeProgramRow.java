package org.cranny.central.upgrade;

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

/** One program of an upgrade, and what came of it. */
@Entity
@Table(name = "upgrade_program")
class UpgradeProgramRow {
    private static final int LONGEST_REASON = 1_000;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "upgrade_program_seq")
    @SequenceGenerator(name = "upgrade_program_seq", sequenceName = "upgrade_program_seq", allocationSize = 50)
    private Long id;

    private long upgrade;
    private int place;
    private long system;
    private String program;

    @Column(name = "before_version")
    private String before;

    @Enumerated(EnumType.STRING)
    private State state;

    private String reason;

    @Column(name = "begun_millis")
    private Long begunMillis;

    @Column(name = "ended_millis")
    private Long endedMillis;

    protected UpgradeProgramRow() {}

    UpgradeProgramRow(long upgrade, int place, Plan.Step step, Instant now) {
        this.upgrade = upgrade;
        this.place = place;
        this.system = step.system();
        this.program = step.program();
        this.before = step.before();
        this.state = step.state();
        this.reason = step.reason();
        this.endedMillis = state.open() ? null : Long.valueOf(now.toEpochMilli());
    }

    long upgrade() {
        return upgrade;
    }

    long system() {
        return system;
    }

    String program() {
        return program;
    }

    State state() {
        return state;
    }

    Instant begun() {
        return begunMillis == null ? null : Instant.ofEpochMilli(begunMillis);
    }

    void begin(Instant now) {
        state = State.UPGRADING;
        begunMillis = now.toEpochMilli();
    }

    void end(State how, String why, Instant now) {
        state = how;
        reason = why == null || why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON);
        endedMillis = now.toEpochMilli();
    }

    Upgrade.Line shown(String name) {
        return new Upgrade.Line(
                system,
                name,
                program,
                before,
                state.name(),
                reason,
                begunMillis == null ? null : begun().toString(),
                endedMillis == null ? null : Instant.ofEpochMilli(endedMillis).toString());
    }
}
