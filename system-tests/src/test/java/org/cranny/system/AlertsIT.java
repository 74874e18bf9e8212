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
