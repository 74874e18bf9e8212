package org.cranny.central.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * What an installation sets, read from MicroProfile Config ({@code central.properties} in central's home).
 * Every setting but the home has a default. Octets, unless a name says otherwise.
 */
@ApplicationScoped
public class Settings {
    private static final long TIB = 1L << 40;

    private final Function<String, Optional<String>> source;

    protected Settings() {
        this(name -> Optional.empty());
    }

    @Inject
    public Settings(Config config) {
        this(name -> config.getOptionalValue(name, String.class));
    }

    private Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    public static Settings of(Map<String, String> values) {
        return new Settings(name -> Optional.ofNullable(values.get(name)));
    }

    /** Central's home folder. */
    public Path home() {
        return source.apply("cranny.home")
                .map(Path::of)
                .orElseThrow(() ->
                        new IllegalStateException("cranny.home is not set: it names the folder of central's state"));
    }

    /**
     * The file with the escrow passphrase, which lies neither in central's home nor in the database. Nothing when
     * central is not to open key rings by itself.
     */
    public Optional<Path> escrowPassphraseFile() {
        return source.apply("cranny.escrow.passphrase-file")
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    /**
     * Whose leave it takes to open a machine's backups. As set; else nobody's where central runs a directory of its own,
     * which has one administrator, and somebody else's or a day's wait everywhere else.
     */
    public ApprovalRule approvalRule() {
        boolean alone = source.apply("cranny.ldap.embedded")
                .filter(text -> text.strip().equalsIgnoreCase("true"))
                .isPresent();
        return source.apply("cranny.approval.rule")
                .map(Settings::rule)
                .orElse(alone ? ApprovalRule.NONE : ApprovalRule.SECOND_PERSON_OR_WAIT);
    }

    /** After so long without a refusal the rule that waits gives leave by itself. */
    public Duration approvalWait() {
        return Duration.ofHours(number("cranny.approval.wait-hours", 24));
    }

    /** Where machines talk to central, {@code https://host:port}. */
    public String machinesUrl() {
        return source.apply("cranny.machines-url")
                .orElseThrow(() -> new IllegalStateException(
                        "cranny.machines-url is not set: it is where machines talk to central, https://host:port"));
    }

    /** How long a system's certificate is good. */
    public Duration certificateLife() {
        return Duration.ofDays(number("cranny.certificate.days", 90));
    }

    public Duration allotmentLife() {
        return Duration.ofDays(number("cranny.allotment.days", 30));
    }

    /** What one host keeps for one source at most. */
    public long allotmentBytes() {
        return number("cranny.allotment.bytes", TIB);
    }

    /** What one host takes from one source in a day at most. */
    public long allotmentBytesPerDay() {
        return number("cranny.allotment.bytes-per-day", TIB);
    }

    /** Seconds between two reports of a host: as set, else 5 in small realms and up to 60 in great ones. */
    public int heartbeatSeconds(int hosts) {
        return (int) number("cranny.heartbeat.interval-seconds", Math.max(5, Math.min(60, hosts / 20)));
    }

    /** A host that was silent for longer is suspect: as set, else three reports, at least 15 seconds. */
    public Duration suspectAfter(int hosts) {
        return Duration.ofSeconds(number("cranny.host.suspect-seconds", Math.max(15, 3L * heartbeatSeconds(hosts))));
    }

    /**
     * A host that was silent for longer is lost: people are told, and what it keeps is made up for.
     *
     * @param availability class of its week
     */
    public Duration lostAfter(String availability) {
        long seconds =
                switch (availability) {
                    case "always" -> number("cranny.host.lost-always-on-seconds", 86_400);
                    case "office" -> number("cranny.host.lost-office-seconds", 7 * 86_400);
                    case "sometimes" -> number("cranny.host.lost-sometimes-seconds", 21 * 86_400);
                    default -> number("cranny.host.lost-unknown-seconds", 7 * 86_400);
                };
        return Duration.ofSeconds(seconds);
    }

    /** A host that takes less than this is full. */
    public long fullBelowBytes() {
        return number("cranny.host.full-below-bytes", 32L << 20);
    }

    /** How often the timer weighs looks and sends central's own out. */
    public Duration reliabilityInterval() {
        return Duration.ofSeconds(number("cranny.reliability.interval-seconds", 10));
    }

    /** Looks are weighed against each other within so many seconds. */
    public long reliabilitySlotSeconds() {
        return Math.max(1, number("cranny.reliability.slot-seconds", 300));
    }

    /** After so many seconds what was seen counts half. */
    public long reliabilityHalfLifeSeconds() {
        return Math.max(1, number("cranny.reliability.half-life-seconds", 259_200));
    }

    /** Seconds between two looks of central at one host: as set, else a minute and more in great realms. */
    public long reliabilityLookSeconds(int hosts) {
        return number("cranny.reliability.look-seconds", Math.max(60, hosts / 20));
    }

    /** How often what is known of hosts' reliability is written down. */
    public Duration reliabilityKeptEvery() {
        return Duration.ofSeconds(number("cranny.reliability.kept-every-seconds", 300));
    }

    /** What central leaves free on its own disk. */
    public long keepFreeBytes() {
        return number("cranny.keep-free-bytes", 1L << 30);
    }

    /** How often the timer looks for silent hosts and refreshes the master file. */
    public Duration masterFileInterval() {
        return Duration.ofSeconds(number("cranny.master-file.interval-seconds", 30));
    }

    /** How often the timer looks which backups are due. */
    public Duration scheduleInterval() {
        return Duration.ofSeconds(Math.max(1, number("cranny.schedule.interval-seconds", 10)));
    }

    /** How long news is gathered before the master file is made again: as set, else one second to a minute. */
    public Duration masterFileDelay(int hosts) {
        return Duration.ofMillis(number("cranny.master-file.delay-millis", Math.min(60_000, 1_000 + 6L * hosts)));
    }

    /** How many versions of the master file are kept. */
    public long masterFilesKept() {
        return number("cranny.master-file.kept", 1_000);
    }

    /** Of how many versions of the master file it is kept what they changed. */
    public long masterFileChangesKept() {
        return number("cranny.master-file.changes-kept", 100_000);
    }

    /** A job whose agent was silent for so long is handed out again. */
    public Duration jobLease() {
        return Duration.ofSeconds(number("cranny.job.lease-seconds", 60));
    }

    /** How long jobs that ended are kept. */
    public Duration jobsKept() {
        return Duration.ofDays(number("cranny.job.kept-days", 90));
    }

    /** How often the timer looks what is wrong and sends what waits. */
    public Duration alertInterval() {
        return Duration.ofSeconds(Math.max(1, number("cranny.alert.interval-seconds", 60)));
    }

    /** Between two messages to people; what happens meanwhile stands in the next one. */
    public Duration alertGathering() {
        return Duration.ofSeconds(number("cranny.alert.gather-seconds", 300));
    }

    /** After how long people are reminded of what nobody took on. */
    public Duration alertReminder() {
        return Duration.ofSeconds(Math.max(1, number("cranny.alert.remind-seconds", 86_400)));
    }

    /** How long alerts that are over are kept. */
    public Duration alertsKept() {
        return Duration.ofDays(number("cranny.alert.kept-days", 365));
    }

    /** A host that lends less than this share, in percent, of what it lent of late had its disk reclaimed. */
    public long reclaimedBelowPercent() {
        return number("cranny.alert.reclaimed-below-percent", 50);
    }

    /** Central's own disk is nearly full when it has less than this. */
    public long diskLowBytes() {
        return number("cranny.alert.disk-low-bytes", 2 * keepFreeBytes());
    }

    /** Where mail is given to, {@code host:port}; nothing: no mail is sent. */
    public Optional<String> mailServer() {
        return text("cranny.mail.server");
    }

    /** {@code starttls}, {@code tls} or {@code none}. */
    public String mailSecurity() {
        return oneOf("cranny.mail.security", "starttls", "tls", "none");
    }

    public Optional<String> mailUser() {
        return text("cranny.mail.user");
    }

    public Optional<Path> mailPasswordFile() {
        return text("cranny.mail.password-file").map(Path::of);
    }

    /** Who signs the mail server's certificate (PEM); nothing: Java's own authorities. */
    public Optional<Path> mailAuthorityFile() {
        return text("cranny.mail.authority-file").map(Path::of);
    }

    public Optional<String> mailFrom() {
        return text("cranny.mail.from");
    }

    /** Who gets mail. */
    public List<String> mailTo() {
        return list("cranny.mail.to");
    }

    /** Where alerts are posted to. */
    public List<String> webhookUrls() {
        return list("cranny.webhook.urls");
    }

    /** The secret under which webhooks are signed. */
    public Optional<Path> webhookSecretFile() {
        return text("cranny.webhook.secret-file").map(Path::of);
    }

    /** Whether webhooks may go to addresses of private networks. */
    public boolean webhookPrivateAddresses() {
        return oneOf("cranny.webhook.private-addresses", "false", "true").equals("true");
    }

    /** At which hour of the day, UTC, central's database is dumped. */
    public int dumpHour() {
        return (int) Math.floorMod(number("cranny.dump.hour", 2), 24L);
    }

    /** Whoever shows what is in this file may read the metrics; nothing: nobody may but administrators. */
    public Optional<Path> metricsTokenFile() {
        return text("cranny.metrics.token-file").map(Path::of);
    }

    /** How often what takes long to count is counted for the metrics. */
    public Duration metricsInterval() {
        return Duration.ofSeconds(Math.max(1, number("cranny.metrics.interval-seconds", 600)));
    }

    /** On how many hosts each piece of a dump lies. */
    public int dumpCopies() {
        return (int) Math.max(2, number("cranny.dump.copies", 2));
    }

    /** How many dumps are kept on hosts. */
    public int dumpsOnHosts() {
        return (int) Math.max(1, number("cranny.dump.kept-on-hosts", 7));
    }

    /** What a terabyte of bought backup space would cost, in whole units of {@link #currency}; 0 shows no savings. */
    public long pricePerTerabyte() {
        return Math.max(0, number("cranny.savings.per-terabyte", 40));
    }

    /** In what savings are counted. */
    public String currency() {
        return text("cranny.savings.currency").orElse("EUR");
    }

    /** How many dumps are kept in central's home. */
    public int dumpsKept() {
        return (int) Math.max(1, number("cranny.dump.kept", 14));
    }

    private Optional<String> text(String name) {
        return source.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private List<String> list(String name) {
        return text(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** @param words that are understood; the first one is the default */
    private String oneOf(String name, String... words) {
        String text = text(name).orElse(words[0]);
        if (!Arrays.asList(words).contains(text)) {
            throw new IllegalStateException(name + " is one of " + String.join(", ", words) + ", not " + text);
        }
        return text;
    }

    /** How often it is looked which packs have too few copies, and copies are made. */
    public Duration repairInterval() {
        return Duration.ofSeconds(Math.max(1, number("cranny.repair.interval-seconds", 10)));
    }

    /** How many copies are under way at a time in the whole realm. */
    public int copiesAtOnce() {
        return (int) Math.max(1, number("cranny.repair.at-once", 4));
    }

    /** In how many of these a host takes part, giving or taking. */
    public int copiesPerHost() {
        return (int) Math.max(1, number("cranny.repair.per-host", 2));
    }

    /** No faster than this is one copy made; 0 is no limit. */
    public long copyBytesPerSecond() {
        return Math.max(0, number("cranny.repair.bytes-per-second", 0));
    }

    /** How long a fragment lies in a host's trash before central has it deleted; the host has its own say too. */
    public Duration trashTime() {
        return Duration.ofSeconds(Math.max(0, number("cranny.trash.seconds", 14 * 86_400)));
    }

    /** How often snapshots are forgotten by policy and packs that nobody needs are marked and put away. */
    public Duration retentionInterval() {
        return Duration.ofSeconds(Math.max(1, number("cranny.retention.interval-seconds", 3_600)));
    }

    /** For how long a forgotten snapshot can be brought back; all its packs stay until then. */
    public Duration forgottenKept() {
        return Duration.ofSeconds(Math.max(0, number("cranny.retention.undo-seconds", 30 * 86_400)));
    }

    /** A pack is put away when it was found to be needed by nothing twice, so long apart. */
    public Duration marksApart() {
        return Duration.ofSeconds(Math.max(0, number("cranny.prune.marks-apart-seconds", 4 * 3_600)));
    }

    /** A pack that central has known for less is never marked. */
    public Duration pruneYoungest() {
        return Duration.ofSeconds(Math.max(0, number("cranny.prune.youngest-seconds", 86_400)));
    }

    /** Packs that no snapshot ever named are marked after so long. */
    public Duration uncommittedKept() {
        return Duration.ofSeconds(Math.max(0, number("cranny.prune.uncommitted-seconds", 30 * 86_400)));
    }

    /** The most that a prune takes of the octets of a source, in percent. */
    public long pruneMostPercent() {
        return number("cranny.prune.most-percent", 20);
    }

    private long number(String name, long otherwise) {
        return source.apply(name).map(text -> parse(name, text)).orElse(otherwise);
    }

    private static ApprovalRule rule(String text) {
        return Arrays.stream(ApprovalRule.values())
                .filter(rule ->
                        rule.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "cranny.approval.rule is none, second-person-or-wait or second-person, not " + text));
    }

    private static long parse(String name, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalStateException(name + " is not a whole number: " + text, e);
        }
    }
}
