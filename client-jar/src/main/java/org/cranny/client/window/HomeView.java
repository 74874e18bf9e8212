package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.BorderLayout;
import java.util.List;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.SwingConstants;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.report.Human;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.OneMachine;
import org.cranny.client.status.Standing;

/** How this machine's backups are, and the button that makes another one. */
final class HomeView extends View {
    private static final int SIGN = 44;

    private final Surroundings around;
    private final JLabel sign = new JLabel();
    private final JTextArea sentence = Pieces.title("");
    private final JTextArea detail = Pieces.soft("");
    private final JPanel together = Pieces.note("warn", Pieces.prose(OneMachine.WARNING));
    private final Trouble trouble = new Trouble("home.trouble");
    private final Running running = new Running("backup", Words.say("backup.running"));
    private final JButton backUp;
    private final JButton choose;
    private final JTextArea done = Pieces.soft("");
    private final Facts facts = new Facts();
    private final PauseControl pause;
    private boolean backingUp;
    private boolean unread;
    private Standing standing;

    /** @param toFolders goes to where folders are chosen */
    HomeView(Surroundings around, Runnable toFolders) {
        super("view.home");
        this.around = around;
        sign.setVerticalAlignment(SwingConstants.TOP);
        sentence.setName("home.sentence");
        detail.setName("home.detail");
        done.setName("home.done");
        backUp = Pieces.primary(Pieces.button("backup.now", Words.say("button.backup"), this::backUp));
        choose = Pieces.primary(Pieces.button("home.choose", Words.say("button.folders"), toFolders));
        JPanel head = new JPanel(new BorderLayout(UIScale.scale(16), 0));
        head.setOpaque(false);
        head.add(sign, BorderLayout.LINE_START);
        head.add(Pieces.column(4, sentence, detail));
        pause = new PauseControl(around, this::stop, trouble::say);
        JPanel card = Pieces.card(
                14, facts, running, Pieces.ends(done, Pieces.row(10, pause.button(), Pieces.row(0, choose, backUp))));
        together.setVisible(false);
        add(Pieces.scrolling(Pieces.column(18, head, trouble, together, pause.note(), card)));
    }

    @Override
    void show(Standing now, Optional<Keeping> keeping) {
        standing = now;
        Health health = Health.of(now, keeping, around.people());
        sign.setIcon(new SignIcon(health.sign(), SIGN));
        sign.getAccessibleContext().setAccessibleName(Words.say("sign." + health.sign()));
        Pieces.say(sentence, health.sentence());
        Pieces.say(
                detail,
                now.elsewhere()
                        .map(work -> Words.say("health.elsewhere", health.detail(), work))
                        .orElse(health.detail()));
        together.setVisible(now.newest().isPresent() && now.together());
        facts.show(facts(now));
        pause.show(now);
        ready();
    }

    private List<Facts.Fact> facts(Standing now) {
        return List.of(
                new Facts.Fact(
                        Words.say("fact.last"),
                        now.newest()
                                .map(last -> around.people().timeFirst(last.ended()))
                                .orElse(Words.say("fact.none"))),
                new Facts.Fact(
                        Words.say("fact.next"),
                        now.next().map(around.people()::timeFirst).orElse(Words.say("fact.unplanned"))),
                new Facts.Fact(
                        Words.say("fact.newest"),
                        now.newest()
                                .map(last -> Words.say(
                                        "fact.size",
                                        Human.count(last.files(), Words.say("noun.file")),
                                        Human.bytes(last.bytes())))
                                .orElse(Words.say("fact.none"))),
                new Facts.Fact(Words.say("fact.kept"), Human.count(now.kept(), Words.say("noun.backup"))));
    }

    private void ready() {
        boolean known = standing != null && standing.basis() != UsualBackup.Basis.NOBODY;
        choose.setVisible(!known);
        backUp.setVisible(known && !backingUp);
    }

    /** How things stand could not be read. */
    void unreadable(String line) {
        unread = true;
        trouble.say(line);
    }

    void readable() {
        if (unread) {
            unread = false;
            trouble.clear();
        }
    }

    boolean isBackingUp() {
        return backingUp;
    }

    /** As the button does. */
    void backUp() {
        if (backingUp) {
            return;
        }
        backingUp = true;
        trouble.clear();
        Pieces.say(done, "");
        ready();
        running.begin(around.desk().ask(() -> around.backups().backUp(running), this::done, this::failed));
        running.requestFocusInWindow();
        around.changed().run();
    }

    private void done(DesktopCalls.Made outcome) {
        Pieces.say(
                done,
                Words.say(
                        "backup.done",
                        Human.count(outcome.files(), Words.say("noun.file")),
                        Human.bytes(outcome.bytes()),
                        Human.bytes(outcome.storedBytes())));
        if (outcome.unread() > 0) {
            List<String> unread = running.warnings();
            trouble.say(Words.say("backup.unread", Human.count(outcome.unread(), Words.say("noun.file"))) + "\n"
                    + String.join("\n", unread.subList(0, Math.min(unread.size(), 10))));
        }
        over();
    }

    private void failed(String line) {
        trouble.say(line);
        over();
    }

    private void over() {
        backingUp = false;
        running.end();
        ready();
        backUp.requestFocusInWindow();
        around.changed().run();
    }

    /** Until its owner goes on. */
    void pause() {
        pause.pause(OwnPause.LONGEST);
    }

    void goOn() {
        pause.goOn();
    }

    void stop() {
        running.cancel();
    }
}
