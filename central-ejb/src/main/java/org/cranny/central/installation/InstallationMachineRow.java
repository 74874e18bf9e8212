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

/** One machine of an installation, and what came of it. */
@Entity
@Table(name = "installation_machine")
class InstallationMachineRow {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_KEYS = 500;
    private static final int LONGEST_REPORT = 8_000;
    private static final String BROKEN_OFF =
            "central stopped while this ran: ask again, which first takes back what was put there";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "installation_machine_seq")
    @SequenceGenerator(
            name = "installation_machine_seq",
            sequenceName = "installation_machine_seq",
            allocationSize = 50)
    private Long id;

    private long installation;
    private int place;
    private String host;
    private int port;

    @Enumerated(EnumType.STRING)
    private MachineState state;

    @Enumerated(EnumType.STRING)
    private Step step;

    private String reason;

    @Column(name = "shown_keys")
    private String shownKeys;

    private String version;

    @Column(name = "host_system")
    private Long hostSystem;

    @Column(name = "source_system")
    private Long sourceSystem;

    private String report;

    @Column(name = "kept_fragments")
    private Long keptFragments;

    @Column(name = "started_millis")
    private Long startedMillis;

    @Column(name = "ended_millis")
    private Long endedMillis;

    protected InstallationMachineRow() {}

    InstallationMachineRow(long installation, int place, Target target) {
        this.installation = installation;
        this.place = place;
        this.host = target.host();
        this.port = target.port();
        this.state = MachineState.WAITING;
    }

    void reach(Step now, Instant when) {
        state = MachineState.RUNNING;
        step = now;
        startedMillis = startedMillis == null ? Long.valueOf(when.toEpochMilli()) : startedMillis;
    }

    void end(Outcome outcome, Instant when) {
        state = outcome.state();
        step = null;
        reason = cut(outcome.reason(), LONGEST_REASON);
        shownKeys = lines(outcome.shownKeys(), LONGEST_KEYS);
        version = outcome.version();
        hostSystem = outcome.hostSystem();
        sourceSystem = outcome.sourceSystem();
        report = lines(outcome.report(), LONGEST_REPORT);
        keptFragments = outcome.keptFragments();
        endedMillis = when.toEpochMilli();
    }

    private static String lines(List<String> lines, int length) {
        return lines.isEmpty() ? null : cut(String.join("\n", lines), length);
    }

    private static List<String> lines(String text) {
        return text == null ? List.of() : Arrays.asList(text.split("\n"));
    }

    private static String cut(String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }

    /** @param goesOn whether its installation runs in this process */
    Installation.MachineLine shown(boolean goesOn) {
        boolean broken = !state.ended() && !goesOn;
        return new Installation.MachineLine(
                new Target(host, port).toString(),
                broken ? MachineState.FAILED.name() : state.name(),
                step == null || broken ? null : step.name(),
                broken ? BROKEN_OFF : reason,
                lines(shownKeys),
                version,
                hostSystem,
                sourceSystem,
                lines(report),
                keptFragments,
                startedMillis == null
                        ? null
                        : Instant.ofEpochMilli(startedMillis).toString(),
                endedMillis == null ? null : Instant.ofEpochMilli(endedMillis).toString());
    }
}
