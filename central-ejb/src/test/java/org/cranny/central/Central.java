package org.cranny.central;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.cranny.central.access.ApiTokens;
import org.cranny.central.alert.Alerts;
import org.cranny.central.alert.Channels;
import org.cranny.central.alert.Notices;
import org.cranny.central.alert.OwnerNotices;
import org.cranny.central.anchor.LogAnchors;
import org.cranny.central.approval.ApprovalAsked;
import org.cranny.central.approval.ApprovalNews;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.brake.Brakes;
import org.cranny.central.browse.Browsing;
import org.cranny.central.browse.Openings;
import org.cranny.central.browse.QuestionAsked;
import org.cranny.central.browse.Questions;
import org.cranny.central.browse.WorkFolders;
import org.cranny.central.database.Database;
import org.cranny.central.database.Disk;
import org.cranny.central.database.TestDatabase;
import org.cranny.central.dump.DumpSpread;
import org.cranny.central.dump.Dumps;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.enrollment.Renewals;
import org.cranny.central.escrow.BrowseEscrow;
import org.cranny.central.escrow.Escrow;
import org.cranny.central.escrow.EscrowedKeyRings;
import org.cranny.central.escrow.KeyRings;
import org.cranny.central.escrow.Officers;
import org.cranny.central.health.Checks;
import org.cranny.central.job.AgentHolds;
import org.cranny.central.job.Claims;
import org.cranny.central.job.JobBell;
import org.cranny.central.job.JobNews;
import org.cranny.central.job.JobSeal;
import org.cranny.central.job.Jobs;
import org.cranny.central.job.RekeyingJobs;
import org.cranny.central.job.Watched;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.Happening;
import org.cranny.central.masterfile.MasterFileMade;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.central.metrics.Metrics;
import org.cranny.central.metrics.Tally;
import org.cranny.central.placement.Complaints;
import org.cranny.central.placement.CopyFigures;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.Damages;
import org.cranny.central.placement.InventoryCheck;
import org.cranny.central.placement.PackCopies;
import org.cranny.central.placement.Samples;
import org.cranny.central.placement.Survey;
import org.cranny.central.placement.TrashOrders;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.policy.BackupDue;
import org.cranny.central.policy.Labels;
import org.cranny.central.policy.OwnerGroups;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.PolicyChanged;
import org.cranny.central.policy.PolicyExpectations;
import org.cranny.central.policy.PolicyNews;
import org.cranny.central.policy.Schedules;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.recovery.Recoveries;
import org.cranny.central.recovery.RecoveryNews;
import org.cranny.central.reliability.Heartbeats;
import org.cranny.central.reliability.Reliability;
import org.cranny.central.reliability.Roster;
import org.cranny.central.repair.Burden;
import org.cranny.central.repair.Repairs;
import org.cranny.central.retention.Discards;
import org.cranny.central.retention.Prune;
import org.cranny.central.retention.Retention;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Keepsakes;
import org.cranny.central.snapshot.Leases;
import org.cranny.central.snapshot.Restores;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostHonesty;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.HostsChanged;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.Lendings;
import org.cranny.central.system.News;
import org.cranny.central.system.OwnerChanged;
import org.cranny.central.system.Systems;
import org.cranny.central.timer.Turn;

/** Central's heart without a server: the same facades on the same kind of database, put together by hand. */
final class Central implements AutoCloseable {
    final ManualClock clock;
    final LocalTransactions transactions;
    final Settings settings;
    final Database database;
    final AuditLog log;
    final Systems systems;
    final Hosts hosts;
    final Lendings lendings;
    final Inventory inventory;
    final Authority authority;
    final Enrollments enrollments;
    final Renewals renewals;
    final Roster roster;
    final Reliability reliability;
    final Heartbeats heartbeats;
    final Custody custody;
    final Complaints complaints;
    final Damages damages;
    final StorageProofs proofs;
    final Upkeep upkeep;
    final FakeDaemons daemons;
    final TrashOrders trashOrders;
    final Discards discards;
    final Keepsakes keepsakes;
    final Retention retention;
    final Prune prune;
    final Repairs repairs;
    final Brakes brakes;
    final PackCopies packCopies;
    final Escrow escrow;
    final Leases leases;
    final Restores restores;
    final MasterFiles masterFiles;
    final Snapshots snapshots;
    final Labels labels;
    final OwnerGroups ownerGroups;
    final Policies policies;
    final Schedules schedules;
    final List<PolicyChanged> policyNews = new ArrayList<>();
    final List<BackupDue> due = new ArrayList<>();
    final Jobs jobs;
    final Claims claims;
    final Openings openings;
    final Browsing browsing;
    final Questions questions;

    /** The agents that listen; nobody until a test says so. */
    volatile Consumer<QuestionAsked> questionsTold = asked -> {};

    final Approvals approvals;
    final Officers officers;
    final KeyRings keyRings;
    final Recoveries recoveries;
    final Alerts alerts;
    final Channels channels;
    final Notices notices;
    private OwnerNotices tellOwners;
    final Dumps dumps;
    final DumpSpread spread;
    final FakeDumpHosts dumpHosts = new FakeDumpHosts();
    final Checks checks;
    final ApiTokens tokens;
    final LogAnchors anchors;
    final Metrics metrics;
    final Tally tally = new Tally();
    final List<ApprovalAsked> approvalNews = new CopyOnWriteArrayList<>();
    final List<HostsChanged> news = new ArrayList<>();
    final List<MasterFileMade> made = new CopyOnWriteArrayList<>();
    final List<JobNews> jobNews = new CopyOnWriteArrayList<>();

    Central(Path home, DataSource dataSource, ManualClock clock) throws IOException {
        this(home, dataSource, clock, Map.of());
    }

    Central(Path home, DataSource dataSource, ManualClock clock, Map<String, String> more) throws IOException {
        Homes.make(home);
        Map<String, String> values = new HashMap<>(Map.of(
                "cranny.home",
                home.toString(),
                "cranny.machines-url",
                "https://central.example:8182",
                "cranny.keep-free-bytes",
                "0",
                "cranny.heartbeat.interval-seconds",
                "5",
                "cranny.approval.rule",
                "none",
                "cranny.escrow.passphrase-file",
                Homes.escrowPassphrase().toString()));
        values.putAll(more);
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        transactions = new LocalTransactions(dataSource);
        settings = Settings.of(values);
        database = new Database(transactions, new Disk(dataSource));
        TestDatabase.open(database);
        log = new AuditLog(database, clock);
        News told = new News(database, this::hear, this::hearOfOwner, shutOut -> tellOwners.shutOut(shutOut));
        systems = new Systems(database, log, told, clock);
        tellOwners = new OwnerNotices(database, log, systems, settings, clock);
        inventory = new Inventory(database, clock);
        hosts = new Hosts(database, log, told, settings, clock);
        lendings = new Lendings(database, log, clock);
        authority = new Authority(database, settings, clock, random);
        enrollments = new Enrollments(database, log, systems, authority, settings, clock, random);
        renewals = new Renewals(database, log, systems, authority, settings, clock);
        roster = new Roster(hosts, systems, clock);
        reliability = new Reliability(database, hosts, systems, roster, settings, clock);
        heartbeats = new Heartbeats(database, hosts, reliability, roster, authority, settings, clock);
        custody = new Custody(database, systems, hosts, clock);
        complaints = new Complaints(database, custody, log);
        damages = new Damages(database, custody, log);
        upkeep = new Upkeep(database, systems, clock);
        packCopies = new PackCopies(settings);
        escrow = new Escrow(database, log, systems, clock);
        keepsakes = new Keepsakes(database, systems, log, clock);
        leases = new Leases(database, systems, authority, custody, keepsakes, settings, clock);
        restores = new Restores(database, log);
        PolicyNews policyTold = new PolicyNews(
                database,
                policyNews::add,
                each -> {
                    synchronized (due) {
                        due.add(each);
                    }
                },
                each -> tellOwners.retention(each));
        ApprovalNews approvalTold = new ApprovalNews(
                each -> {
                    approvalNews.add(each);
                    tellOwners.asked(each);
                },
                each -> tellOwners.decided(each));
        approvals = new Approvals(database, log, authority, approvalTold, settings, clock);
        labels = new Labels(database, systems, approvals, log, policyTold);
        ownerGroups = new OwnerGroups(database, systems, log, policyTold);
        policies = new Policies(database, systems, labels, ownerGroups, approvals, log, policyTold, clock);
        schedules = new Schedules(database, policies, systems, policyTold, clock);
        JobSeal seal = new JobSeal(authority, random);
        brakes = new Brakes(
                database,
                systems,
                approvals,
                log,
                new PolicyExpectations(policies, clock),
                new RekeyingJobs(database, seal),
                settings,
                clock,
                this::hear);
        masterFiles = new MasterFiles(database, hosts, authority, settings, clock, made::add);
        daemons = new FakeDaemons(this);
        proofs = new StorageProofs(
                database,
                hosts,
                new HostHonesty(database, hosts, log, told, settings),
                new Samples(database),
                custody,
                daemons,
                authority,
                log,
                settings,
                clock,
                random);
        trashOrders = new TrashOrders(upkeep, daemons, hosts, authority, log);
        discards = new Discards(upkeep, trashOrders, packCopies, hosts, authority, leases, log, settings, clock);
        snapshots = new Snapshots(
                database, log, systems, told, authority, custody, trashOrders, brakes, masterFiles, clock);
        repairs = new Repairs(
                upkeep,
                new Survey(database),
                new CopyFigures(database),
                List.of(this::dumpsOn),
                custody,
                daemons,
                proofs,
                new InventoryCheck(database, custody, daemons, authority, log),
                hosts,
                systems,
                authority,
                log,
                settings,
                clock,
                random);
        retention = new Retention(database, keepsakes, policies, approvals, settings, clock);
        prune = new Prune(database, upkeep, keepsakes, leases, systems, log, settings, clock);
        JobBell bell = new JobBell(database, jobNews::add);
        Watched watched = new Watched(clock);
        AgentHolds holds = new AgentHolds(clock);
        jobs = new Jobs(database, log, systems, bell, seal, watched, holds, settings, clock);
        claims = new Claims(database, log, systems, bell, seal, watched, holds, settings, clock);
        openings = new Openings(
                new WorkFolders(settings), systems, hosts, authority, custody, packCopies, snapshots, clock);
        questions = new Questions(asked -> questionsTold.accept(asked), Duration.ofSeconds(5), random);
        browsing = new Browsing(
                openings,
                new BrowseEscrow(escrow, authority),
                policies,
                questions,
                snapshots,
                hosts,
                authority,
                log,
                clock);
        officers = new Officers(authority, escrow, approvals, log, settings, clock, random);
        keyRings = new EscrowedKeyRings(escrow, officers, authority, log, settings);
        recoveries = new Recoveries(
                database,
                log,
                systems,
                authority,
                settings,
                snapshots,
                approvals,
                keyRings,
                openings,
                jobs,
                seal,
                new RecoveryNews(each -> tellOwners.recovery(each)),
                clock,
                random);
        alerts = new Alerts(database, log, systems, hosts, snapshots, custody, settings, clock);
        channels = new Channels(settings, clock);
        notices = new Notices(database, alerts, channels, settings, clock);
        spread = new DumpSpread(
                database, hosts, daemons, authority, log, alerts, settings, clock, random, () -> dumpHosts);
        dumps = new Dumps(authority, log, alerts, settings, clock, random, spread::spread, dataSource);
        tokens = new ApiTokens(database, log, clock, random);
        anchors = new LogAnchors(log, authority, hosts, daemons, clock);
        checks = new Checks(database, masterFiles, new Turn(database, clock), settings, clock, dataSource);
        metrics = new Metrics(
                        database,
                        systems,
                        hosts,
                        inventory,
                        snapshots,
                        masterFiles,
                        repairs,
                        proofs,
                        alerts,
                        notices,
                        dumps,
                        tally,
                        settings,
                        clock)
                .countingBy(Runnable::run);
    }

    private Burden.Load dumpsOn(long host) {
        return spread.on(host);
    }

    private void hearOfOwner(OwnerChanged changed) {
        tellOwners.owner(changed);
        ownerGroups.owner(changed);
    }

    private void hear(Happening happening) {
        alerts.happened(happening);
        tellOwners.happened(happening);
    }

    private void hear(HostsChanged changed) {
        roster.hostsChanged(changed);
        synchronized (news) {
            news.add(changed);
        }
    }

    @Override
    public void close() {
        transactions.close();
    }
}
