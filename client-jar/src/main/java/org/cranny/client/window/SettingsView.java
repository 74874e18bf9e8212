package org.cranny.client.window;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import org.cranny.client.owner.OwnHolds.Answer;
import org.cranny.client.owner.OwnHolds.Cause;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.report.Human;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;

/** How much of this machine backups may take, and when they had better wait. A choice counts at once. */
final class SettingsView extends View {
    private static final List<Long> RATES =
            List.of(0L, 250_000L, 500_000L, 1_000_000L, 2_000_000L, 5_000_000L, 10_000_000L, 25_000_000L);

    private final Surroundings around;
    private final Trouble trouble = new Trouble("settings.trouble");
    private final JComboBox<Rate> upload = new JComboBox<>();
    private final JComboBox<Rate> download = new JComboBox<>();
    private final Map<Cause, JComboBox<Choice>> holds = new EnumMap<>(Cause.class);
    private boolean showing;

    /** @param bytesPerSecond 0 for no limit */
    record Rate(long bytesPerSecond) {
        @Override
        public String toString() {
            return bytesPerSecond == 0 ? Words.say("settings.unlimited") : Human.rate(bytesPerSecond);
        }
    }

    record Choice(Answer answer) {
        @Override
        public String toString() {
            return Words.say("settings." + answer);
        }
    }

    SettingsView(Surroundings around, String version) {
        super("view.settings");
        this.around = around;
        for (Cause cause : Cause.values()) {
            JComboBox<Choice> box = new JComboBox<>();
            for (Answer answer : Answer.values()) {
                box.addItem(new Choice(answer));
            }
            holds.put(cause, named(box, "settings." + cause));
            box.addActionListener(event -> hold());
        }
        named(upload, "settings.upload").addActionListener(event -> limit());
        named(download, "settings.download").addActionListener(event -> limit());
        JPanel speed = Pieces.card(
                12,
                Pieces.heading(Words.say("settings.speed")),
                row("settings.upload", upload),
                row("settings.download", download),
                Pieces.soft(Words.say("settings.speed.detail")));
        JPanel waiting = Pieces.card(
                12,
                Pieces.heading(Words.say("settings.wait")),
                row("settings.BATTERY", holds.get(Cause.BATTERY)),
                row("settings.METERED", holds.get(Cause.METERED)),
                row("settings.IN_USE", holds.get(Cause.IN_USE)),
                Pieces.soft(Words.say("settings.wait.detail")));
        add(Pieces.scrolling(Pieces.column(
                18,
                Pieces.column(4, Pieces.title(Words.say("settings.title")), Pieces.soft(Words.say("settings.detail"))),
                trouble,
                speed,
                waiting,
                Pieces.soft(Words.say("settings.version", version)))));
    }

    private static <T> JComboBox<T> named(JComboBox<T> box, String name) {
        box.setName(name);
        return box;
    }

    private static JPanel row(String key, JComboBox<?> box) {
        String words = Words.say(key);
        box.getAccessibleContext().setAccessibleName(words);
        return Pieces.ends(Pieces.prose(words), box);
    }

    @Override
    void show(Standing standing, Optional<Keeping> keeping) {
        showing = true;
        show(upload, standing.own().rates().upload());
        show(download, standing.own().rates().download());
        standing.own().holds().forEach((cause, answer) -> holds.get(cause).setSelectedItem(new Choice(answer)));
        showing = false;
    }

    /** What was set elsewhere is a choice too. */
    private static void show(JComboBox<Rate> box, long rate) {
        List<Long> rates = new ArrayList<>(RATES);
        if (!rates.contains(rate)) {
            rates.add(rate);
            rates.sort(null);
        }
        if (box.getItemCount() != rates.size() || !new Rate(rate).equals(box.getSelectedItem())) {
            box.removeAllItems();
            rates.forEach(each -> box.addItem(new Rate(each)));
            box.setSelectedItem(new Rate(rate));
        }
    }

    private void limit() {
        if (showing || upload.getSelectedItem() == null || download.getSelectedItem() == null) {
            return;
        }
        OwnRates.Rates rates = new OwnRates.Rates(chosen(upload), chosen(download));
        keep(() -> around.backups().limit(rates));
    }

    private static long chosen(JComboBox<Rate> box) {
        return ((Rate) box.getSelectedItem()).bytesPerSecond();
    }

    private void hold() {
        if (showing) {
            return;
        }
        Map<Cause, Answer> answers = new EnumMap<>(Cause.class);
        holds.forEach((cause, box) -> answers.put(cause, ((Choice) box.getSelectedItem()).answer()));
        keep(() -> around.backups().hold(answers));
    }

    private interface Change {
        void make() throws IOException;
    }

    private void keep(Change change) {
        trouble.clear();
        around.looks()
                .ask(
                        () -> {
                            change.make();
                            return true;
                        },
                        done -> around.changed().run(),
                        trouble::say);
    }
}
