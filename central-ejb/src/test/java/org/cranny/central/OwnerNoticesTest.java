package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.central.approval.Approval;
import org.cranny.central.policy.Scope;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.recovery.RecoveryRequest;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Owners hear by mail what others do with their backups: from the request to the mailbox. */
class OwnerNoticesTest {
    private static final FragmentId PACK = TestMachine.pack("one");
    private static final String OWNER = "olga@example.org";

    @TempDir
    Path folder;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @ParameterizedTest
    @EnumSource
    void theOwnerGetsOneMailWhenLeaveIsAskedForAndOneWhenItIsGiven(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person")) {
            TestMachine lost = kept(bench, "ws-01");
            bench.central.systems.giveTo(lost.id.number(), OWNER, "admin");
            Recovery asked = ask(bench, lost);
            bench.restart();
            bench.central.approvals.give("bert", Bench.OFFICER, asked.approval());
            bench.central.approvals.give("bert", Bench.OFFICER, asked.approval());
            List<MimeMessage> mails = delivered(bench);
            assertEquals(
                    List.of(
                            "Cranny: somebody asks to open the backups of ws-01",
                            "Cranny: the backups of ws-01 may be opened"),
                    subjects(mails));
            for (MimeMessage each : mails) {
                assertEquals(OWNER, each.getRecipients(RecipientType.TO)[0].toString());
                assertEquals(1, each.getAllRecipients().length);
            }
            String text = (String) mails.get(0).getContent();
            assertTrue(text.contains("anna") && text.contains("disk broke") && !text.contains("private"), text);
            assertEquals(2, told(bench, OWNER));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsToldToo(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person")) {
            TestMachine lost = kept(bench, "ws-01");
            Recovery asked = ask(bench, lost);
            bench.central.approvals.refuse("bert", asked.approval());
            assertEquals(
                    "Cranny: the backups of ws-01 stay closed",
                    subjects(delivered(bench)).get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyRefusedInTimeIsToldOnceWhenItIsUsed(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person-or-wait")) {
            TestMachine lost = kept(bench, "ws-01");
            long asked = ask(bench, lost).approval();
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked));
            bench.clock.advance(Duration.ofHours(24));
            bench.central.approvals.require(asked);
            assertEquals("approval " + asked + " given by time", bench.central.approvals.require(asked));
            Approval used = bench.central.approvals.find(asked);
            assertEquals("time", used.decidedBy());
            assertEquals(2, delivered(bench).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void administratorsHearOfMachinesThatNobodyOwns(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "none")) {
            ask(bench, kept(bench, "ws-01"));
            List<MimeMessage> mails = delivered(bench);
            assertEquals(List.of("Cranny: the backups of ws-01 are being opened"), subjects(mails));
            assertEquals("admin@example.org", mails.get(0).getAllRecipients()[0].toString());
            assertEquals(1, told(bench, "nobody owns it"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeWrittenDownIsNotTold(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person")) {
            TestMachine lost = kept(bench, "ws-01");
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.recoveries.ask(
                            "anna",
                            lost.id.number(),
                            new RecoveryRequest(null, null, "ARCHIVE", null, null, null, "a\nb")));
            assertEquals(0, bench.central.notices.waiting());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shorterRetentionReachesEachOwnerOnceAndLongerNobody(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "none")) {
            for (String name : List.of("ws-01", "ws-02")) {
                bench.central.systems.giveTo(bench.source(name).id.number(), OWNER, "admin");
            }
            TestMachine third = bench.source("ws-03");
            bench.central.systems.giveTo(third.id.number(), "otto@example.org", "admin");
            set(bench, Scope.COMPANY, Scope.EVERYBODY, "{'retention':{'daily':30}}");
            assertEquals(2, delivered(bench).size());
            set(bench, Scope.COMPANY, Scope.EVERYBODY, "{'retention':{'daily':60}}");
            set(bench, Scope.COMPANY, Scope.EVERYBODY, "{'retention':{'daily':60},'copies':3}");
            assertEquals(2, delivered(bench).size());
            set(bench, Scope.SYSTEM, String.valueOf(third.id.number()), "{'retention':{'daily':7}}");
            List<MimeMessage> mails = delivered(bench);
            assertEquals(3, mails.size());
            assertEquals("otto@example.org", mails.get(2).getAllRecipients()[0].toString());
            assertTrue(((String) mails.get(2).getContent()).contains("Now: 7 daily."));
            bench.central.policies.unset("admin", Scope.COMPANY, Scope.EVERYBODY);
            assertEquals(5, delivered(bench).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWasTheOwnerHearsOfAnotherOne(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "none")) {
            long system = bench.source("ws-01").id.number();
            bench.central.systems.giveTo(system, OWNER, "admin");
            bench.central.systems.giveTo(system, " " + OWNER + " ", "admin");
            assertEquals(0, delivered(bench).size());
            assertEquals(
                    "eve@example.org",
                    bench.central
                            .systems
                            .giveTo(system, "eve@example.org", "eve")
                            .owner());
            List<MimeMessage> mails = delivered(bench);
            assertEquals(List.of("Cranny: you are told no more of the backups of ws-01"), subjects(mails));
            assertEquals(OWNER, mails.get(0).getAllRecipients()[0].toString());
            for (String wrong : List.of("eve", "a@b,c@d", "Eve <eve@example.org>", "a@b\r\nBcc: c@d", "@b", "a@")) {
                Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.systems.giveTo(system, wrong, "eve"));
            }
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.systems.giveTo(4711, OWNER, "eve"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverOwnsAMachineThatIsShutOutHearsOfItOnce(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "none")) {
            long system = kept(bench, "ws-01").id.number();
            bench.central.systems.giveTo(system, OWNER, "admin");
            bench.central.systems.shutOut(system, "heidi", "stolen from a train", 5);
            bench.central.systems.shutOut(system, "heidi", "stolen from a train", 5);
            List<MimeMessage> mails = delivered(bench);
            assertEquals(List.of("Cranny: ws-01 was shut out"), subjects(mails));
            assertEquals(OWNER, mails.get(0).getAllRecipients()[0].toString());
            String text = (String) mails.get(0).getContent();
            assertTrue(text.contains("heidi shut out ws-01 (system " + system + "): stolen from a train"), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAMailServerTheLogSaysThatNobodyWasTold(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            ask(bench, kept(bench, "ws-01"));
            assertEquals(0, bench.central.notices.waiting());
            assertEquals(1, told(bench, "nobody, there is no mail server"));
        }
    }

    private Bench bench(Databases kind, String rule) throws Exception {
        Map<String, String> more = new HashMap<>(Map.of(
                "cranny.mail.server", "127.0.0.1:" + mail.getSmtp().getPort(),
                "cranny.mail.security", "none",
                "cranny.mail.from", "cranny@example.org",
                "cranny.mail.to", "admin@example.org"));
        more.put("cranny.approval.rule", rule);
        return new Bench(kind, folder, more);
    }

    private static TestMachine kept(Bench bench, String name) {
        TestMachine source = bench.source(name);
        bench.hold(source, PACK, bench.host("h1"), bench.host("h2"));
        bench.commit(source, 1, null, List.of(PACK), List.of());
        return source;
    }

    private static Recovery ask(Bench bench, TestMachine lost) {
        return bench.central.recoveries.ask(
                "anna",
                lost.id.number(),
                new RecoveryRequest(null, List.of("/private"), "ARCHIVE", null, null, null, "disk broke"));
    }

    private static void set(Bench bench, Scope scope, String name, String document) {
        JsonObject json =
                Json.createReader(new StringReader(document.replace('\'', '"'))).readObject();
        bench.central.policies.set("admin", scope, name, json);
    }

    private List<MimeMessage> delivered(Bench bench) {
        bench.central.notices.deliver();
        return List.of(mail.getReceivedMessages());
    }

    private static List<String> subjects(List<MimeMessage> mails) throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage each : mails) {
            subjects.add(each.getSubject());
        }
        return subjects;
    }

    private static long told(Bench bench, String whom) {
        Stream<String> rows = bench.central.log.newest(100).stream()
                .filter(line -> line.action().equals("owner told"))
                .map(line -> line.detail());
        return rows.filter(detail -> detail.endsWith(whom)).count();
    }
}
