package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.json.JsonObject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong reaches people by mail, and they take it on at the keyboard. */
@LongForm
@ExtendWith(SharesRealm.class)
class AlertsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MAIL = Realm.PORT_BASE + 91;

    private final Realm realm;
    private final GreenMail mail = new GreenMail(new ServerSetup(MAIL, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    AlertsIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void start() {
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void aTrialArrivesAndAHostThatLendsMuchLessIsAMailUntilItLendsAgain() throws IOException {
        Cranny person = realm.stranger();
        Command.Outcome trial = realm.admin(person, "alerts", "test");
        Claims.done(trial);
        assertTrue(trial.output().contains("yes"), trial.output());
        assertTrue(mails().stream().anyMatch(each -> each.startsWith("Cranny: a trial")), mails().toString());

        Path settings = realm.status().daemon(3).home().resolve("daemon.properties");
        String before = Files.readString(settings);
        realm.cluster().killDaemon(3);
        Files.writeString(settings, before + "quota=1M\n");
        realm.cluster().startDaemon(3);
        Await.until(
                "a mail about daemon-3",
                PATIENCE,
                () -> mailed("A host lends much less than before", "daemon-3 (host "));
        JsonObject alert = alerts(person, "open").stream()
                .filter(each -> each.getString("kind").equals("DISK_RECLAIMED")
                        && each.getString("name").equals("daemon-3"))
                .findFirst()
                .orElseThrow();
        Claims.done(realm.admin(person, "alerts", "ack", String.valueOf(alert.getInt("id"))));
        assertEquals(
                "admin",
                alerts(person, "acknowledged").stream()
                        .filter(each -> each.getInt("id") == alert.getInt("id"))
                        .findFirst()
                        .orElseThrow()
                        .getString("acknowledgedBy"));

        realm.cluster().killDaemon(3);
        Files.writeString(settings, before);
        realm.cluster().startDaemon(3);
        Await.until(
                "the end of the alert", PATIENCE, () -> mailed("Over: A host lends much less than before", "daemon-3"));
    }

    @Test
    void anOwnerHearsWhatIsDoneWithTheirMachineUntilItIsSomebodyElses() throws IOException {
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, Contents.tree(realm.emptyFolder("tree"), 5, 31));
        String name = source.home().getFileName().toString();
        String number =
                String.valueOf(Json.object(Files.readString(source.home().resolve("config.json")))
                        .getJsonNumber("system"));
        Claims.refusesInOneLine(2, realm.admin(source, "owner", name), "--none");
        Command.Outcome given = realm.admin(source, "owner", name, "anna@example.org", "--json");
        Claims.done(given);
        assertEquals(
                "anna@example.org", Json.ofType(given.output(), "system").get(0).getString("owner"));
        Claims.done(realm.admin(
                source,
                "recover",
                number,
                "--archive",
                realm.emptyFolder("archive").resolve("all.tar").toString()));
        Await.until(
                "a mail to the owner",
                PATIENCE,
                () -> mailedTo("anna@example.org", "the backups of " + name + " are being opened"));
        Claims.done(realm.admin(source, "owner", name, "--none"));
        Await.until("a last mail", PATIENCE, () -> mailedTo("anna@example.org", "you are told no more of"));
    }

    private boolean mailedTo(String address, String words) {
        return Arrays.stream(mail.getReceivedMessages()).anyMatch(message -> {
            try {
                return message.getSubject().contains(words)
                        && Arrays.toString(message.getAllRecipients()).contains(address);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<JsonObject> alerts(Cranny person, String state) {
        return Json.ofType(
                realm.admin(person, "alerts", "--state", state, "--json").output(), "alert");
    }

    private boolean mailed(String... words) {
        return mails().stream().anyMatch(each -> Arrays.stream(words).allMatch(each::contains));
    }

    private List<String> mails() {
        return Arrays.stream(mail.getReceivedMessages())
                .map(message -> {
                    try {
                        return message.getSubject() + "\n" + message.getContent();
                    } catch (IOException | MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
