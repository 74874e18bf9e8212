package org.cranny.client.window;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JTextArea;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.status.Standing;
import org.cranny.protocol.job.AgentHold;

/** The button that pauses backups, and the note that says why they wait. */
final class PauseControl {
    private static final LocalTime MORNING = LocalTime.of(6, 0);

    private final Surroundings around;
    private final Runnable stop;
    private final Consumer<String> trouble;
    private final JButton button;
    private final JTextArea line = Pieces.prose("");
    private final JButton goOn;
    private final JPanel note;

    /** @param stop ends what this window does with backups just now @param trouble hears what went wrong */
    PauseControl(Surroundings around, Runnable stop, Consumer<String> trouble) {
        this.around = around;
        this.stop = stop;
        this.trouble = trouble;
        line.setName("home.hold");
        goOn = Pieces.button("pause.end", Words.say("button.resume"), this::goOn);
        note = Pieces.note("warn", Pieces.ends(line, goOn));
        note.setVisible(false);
        JPopupMenu choices = new JPopupMenu();
        choices.add(item("pause.hour", () -> pause(Duration.ofHours(1))));
        choices.add(item("pause.tomorrow", () -> pause(untilTomorrow())));
        choices.add(item("pause.open", () -> pause(OwnPause.LONGEST)));
        button = Pieces.button("pause", Words.say("button.pause"), () -> {});
        button.addActionListener(event -> choices.show(button, 0, button.getHeight()));
        button.setVisible(false);
    }

    private static JMenuItem item(String key, Runnable chosen) {
        JMenuItem item = new JMenuItem(Words.say(key));
        item.setName(key);
        item.addActionListener(event -> chosen.run());
        return item;
    }

    JButton button() {
        return button;
    }

    JPanel note() {
        return note;
    }

    void show(Standing now) {
        boolean paused = now.own().hold().filter(AgentHold::all).isPresent();
        note.setVisible(now.own().hold().isPresent());
        now.own().hold().ifPresent(hold -> Pieces.say(line, sentence(hold, around.people())));
        goOn.setVisible(paused);
        button.setVisible(!paused);
    }

    /** For example: Paused until today at 14:05. */
    static String sentence(AgentHold hold, People people) {
        if (hold.all()) {
            return Words.say("hold.paused", people.time(hold.until()));
        }
        String since = people.time(hold.since());
        return switch (hold.kind()) {
            case "BATTERY" -> Words.say("hold.battery", since);
            case "METERED" -> Words.say("hold.metered", since);
            default -> Words.say("hold.used", since);
        };
    }

    private Duration untilTomorrow() {
        Instant now = around.people().now().truncatedTo(ChronoUnit.SECONDS);
        return Duration.between(now, around.people().tomorrow(MORNING));
    }

    void pause(Duration length) {
        stop.run();
        around.looks().ask(() -> paused(length), done -> around.changed().run(), trouble);
    }

    void goOn() {
        around.looks()
                .ask(
                        () -> {
                            around.backups().goOn();
                            return true;
                        },
                        done -> around.changed().run(),
                        trouble);
    }

    private boolean paused(Duration length) throws IOException {
        around.backups().pause(length);
        return true;
    }
}
