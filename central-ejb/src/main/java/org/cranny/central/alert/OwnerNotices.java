package org.cranny.central.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.ApprovalAsked;
import org.cranny.central.approval.ApprovalDecided;
import org.cranny.central.approval.ApprovalKind;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.Happening;
import org.cranny.central.policy.RetentionChanged;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.recovery.RecoveryAsked;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Machine;
import org.cranny.central.system.OwnerChanged;
import org.cranny.central.system.ShutOut;
import org.cranny.central.system.Systems;

/**
 * Tells the owner of a machine by mail what others do with its backups: one message for what was asked, one when it was
 * decided. Where nobody is known to own it, the administrators get the message. Each message is in the outbox in the
 * transaction that writes down what it tells, and each is a row of the log; so is that there was no mail server.
 */
@ApplicationScoped
public class OwnerNotices {
    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Settings settings;
    private final Clock clock;

    protected OwnerNotices() {
        this(null, null, null, null, null);
    }

    @Inject
    public OwnerNotices(Database database, AuditLog log, Systems systems, Settings settings, Clock clock) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.settings = settings;
        this.clock = clock;
    }

    public void asked(@Observes ApprovalAsked news) {
        Approval asked = news.approval();
        Machine machine = asked.system() == null ? null : machine(asked.system());
        tell(
                machine == null ? null : machine.owner(),
                asked.subject(),
                "approval " + asked.id() + " asked",
                isRecovery(asked) ? OwnerText.asked(machine, asked) : OwnerText.askedFor(asked));
    }

    public void decided(@Observes ApprovalDecided news) {
        Approval decided = news.approval();
        Machine machine = decided.system() == null ? null : machine(decided.system());
        tell(
                machine == null ? null : machine.owner(),
                decided.subject(),
                "approval " + decided.id() + " decided",
                isRecovery(decided) ? OwnerText.decided(machine, decided) : OwnerText.decidedOn(decided));
    }

    private static boolean isRecovery(Approval approval) {
        return approval.kind().equals(ApprovalKind.RECOVERY.name());
    }

    /** Of a recovery that needs leave the asking for leave told already. */
    public void recovery(@Observes RecoveryAsked news) {
        Recovery recovery = news.recovery();
        if (recovery.approval() == null) {
            Machine machine = machine(recovery.system());
            tell(
                    machine.owner(),
                    "system " + machine.number(),
                    "recovery " + recovery.id(),
                    OwnerText.recovery(machine, recovery));
        }
    }

    public void retention(@Observes RetentionChanged news) {
        for (String owner : systems.owners(news.systems())) {
            tell(owner, news.scope(), "retention", OwnerText.retention(news));
        }
    }

    /** A brake of one system is told to its owner too; that of all is the administrators' affair. */
    public void happened(@Observes Happening happening) {
        systems.all().stream()
                .filter(each -> happening.subject().equals("system " + each.number()))
                .findFirst()
                .ifPresent(machine -> tell(
                        machine.owner(),
                        happening.subject(),
                        happening.what() == Happening.What.BRAKE_PULLED ? "brake pulled" : "brake released",
                        OwnerText.happened(machine, happening)));
    }

    /** Whoever was responsible hears of it; whoever is now will. */
    public void owner(@Observes OwnerChanged news) {
        if (news.before() != null) {
            tell(
                    news.before(),
                    "system " + news.machine().number(),
                    "another owner",
                    OwnerText.owner(news.machine(), news.actor()));
        }
    }

    /** Who did it is told, too, if they own it: then somebody may have used their name. */
    public void shutOut(@Observes ShutOut news) {
        tell(
                news.machine().owner(),
                "system " + news.machine().number(),
                "shut out",
                OwnerText.shutOut(news.machine(), news.actor(), news.why()));
    }

    private Machine machine(long system) {
        return systems.find(system).orElseThrow();
    }

    private void tell(String owner, String subject, String what, OwnerText text) {
        database.durably(entities -> {
            String server = settings.mailServer().orElse(null);
            if (server != null) {
                Message message = new Message("", owner, text.subject(), text.body(), clock.instant());
                entities.persist(new OutboxRow(MailChannel.NAME, server, message, clock.instant()));
            }
            String whom = owner == null ? "the administrators, nobody owns it" : owner;
            log.append(
                    "central",
                    "owner told",
                    subject,
                    what + ": " + (server == null ? "nobody, there is no mail server" : whom));
            return null;
        });
    }
}
