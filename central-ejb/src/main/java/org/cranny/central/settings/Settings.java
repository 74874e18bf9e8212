package org.cranny.central.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * What an installation sets, read from MicroProfile Config ({@code central.properties} in central's home), parted by what
 * it is about. Every setting but the home has a default. Octets, unless a name says otherwise.
 */
@ApplicationScoped
public class Settings
        implements HostSettings,
                ReliabilitySettings,
                MasterFileSettings,
                AlertSettings,
                MailSettings,
                DumpSettings,
                RepairSettings,
                ProofSettings,
                RetentionSettings,
                DeviceSettings,
                SyslogSettings {
    private static final long TIB = 1L << 40;
    private static final long LONGEST_CERTIFICATE_DAYS = 90;

    private final Values values;

    protected Settings() {
        this(name -> Optional.empty());
    }

    @Inject
    public Settings(Config config) {
        this(name -> config.getOptionalValue(name, String.class));
    }

    private Settings(Function<String, Optional<String>> source) {
        this.values = new Values(source);
    }

    public static Settings of(Map<String, String> values) {
        return new Settings(name -> Optional.ofNullable(values.get(name)));
    }

    @Override
    public Values values() {
        return values;
    }

    /** Central's home folder. */
    public Path home() {
        return values.path("cranny.home")
                .orElseThrow(() ->
                        new IllegalStateException("cranny.home is not set: it names the folder of central's state"));
    }

    /**
     * The file with the escrow passphrase, which lies neither in central's home nor in the database. Nothing when
     * central is not to open key rings by itself.
     */
    public Optional<Path> escrowPassphraseFile() {
        return values.path("cranny.escrow.passphrase-file");
    }

    /**
     * Whose leave it takes to open a machine's backups. As set; else nobody's where central runs a directory of its own,
     * which has one administrator, and somebody else's or a day's wait everywhere else.
     */
    public ApprovalRule approvalRule() {
        boolean alone = values.text("cranny.ldap.embedded")
                .filter(text -> text.equalsIgnoreCase("true"))
                .isPresent();
        return values.text("cranny.approval.rule")
                .map(Settings::rule)
                .orElse(alone ? ApprovalRule.NONE : ApprovalRule.SECOND_PERSON_OR_WAIT);
    }

    /** After so long without a refusal the rule that waits gives leave by itself. */
    public Duration approvalWait() {
        return values.duration("cranny.approval.wait-hours", ChronoUnit.HOURS, 24);
    }

    /** The folder with the packages that central installs on machines; nothing: it installs none. */
    public Optional<Path> packages() {
        return values.path("cranny.packages");
    }

    /** More snapshots than this are not forgotten at once without leave. */
    public long fewSnapshots() {
        return values.number("cranny.approval.few-snapshots", 10);
    }

    /** Where machines talk to central, {@code https://host:port}. */
    public String machinesUrl() {
        return values.text("cranny.machines-url")
                .orElseThrow(() -> new IllegalStateException(
                        "cranny.machines-url is not set: it is where machines talk to central, https://host:port"));
    }

    /** How long a system's certificate is good, 90 days at most: what is renewed by itself need not live long. */
    public Duration certificateLife() {
        long days = values.number("cranny.certificate.days", LONGEST_CERTIFICATE_DAYS);
        if (days < 1 || days > LONGEST_CERTIFICATE_DAYS) {
            throw new IllegalStateException(
                    "cranny.certificate.days is 1 to " + LONGEST_CERTIFICATE_DAYS + ", not " + days);
        }
        return Duration.ofDays(days);
    }

    public Duration allotmentLife() {
        return values.duration("cranny.allotment.days", ChronoUnit.DAYS, 30);
    }

    /** What one host keeps for one source at most. */
    public long allotmentBytes() {
        return values.number("cranny.allotment.bytes", TIB);
    }

    /** What one host takes from one source in a day at most. */
    public long allotmentBytesPerDay() {
        return values.number("cranny.allotment.bytes-per-day", TIB);
    }

    @Override
    public long keepFreeBytes() {
        return values.number("cranny.keep-free-bytes", 1L << 30);
    }

    /** How often the timer looks which backups are due. */
    public Duration scheduleInterval() {
        return Duration.ofSeconds(Math.max(1, values.number("cranny.schedule.interval-seconds", 10)));
    }

    /** How often the directory is asked in which groups owners are. */
    public Duration ownerGroupsInterval() {
        return Duration.ofSeconds(Math.max(1, values.number("cranny.ldap.owners-interval-seconds", 900)));
    }

    /** A job whose agent was silent for so long is handed out again. */
    public Duration jobLease() {
        return Duration.ofSeconds(values.number("cranny.job.lease-seconds", 60));
    }

    /** How long jobs that ended are kept. */
    public Duration jobsKept() {
        return values.duration("cranny.job.kept-days", ChronoUnit.DAYS, 90);
    }

    /** Whoever shows what is in this file may read the metrics; nothing: nobody may but administrators. */
    public Optional<Path> metricsTokenFile() {
        return values.path("cranny.metrics.token-file");
    }

    /** How often what takes long to count is counted for the metrics. */
    public Duration metricsInterval() {
        return Duration.ofSeconds(Math.max(1, values.number("cranny.metrics.interval-seconds", 600)));
    }

    /** What a terabyte of bought backup space would cost, in whole units of {@link #currency}; 0 shows no savings. */
    public long pricePerTerabyte() {
        return Math.max(0, values.number("cranny.savings.per-terabyte", 40));
    }

    /** In what savings are counted. */
    public String currency() {
        return values.text("cranny.savings.currency").orElse("EUR");
    }

    private static ApprovalRule rule(String text) {
        return Arrays.stream(ApprovalRule.values())
                .filter(rule ->
                        rule.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "cranny.approval.rule is none, second-person-or-wait or second-person, not " + text));
    }
}
