package org.cranny.client.window;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import org.cranny.client.report.Counts;
import org.cranny.client.report.Human;
import org.cranny.client.report.ProgressListener;

/** Shows how far some work is, with what is left of it, and lets it be cancelled. */
final class Running extends JPanel implements ProgressListener {
    private static final int STEPS = 1000;
    private static final int MOST_LINES = 200;

    private final String what;
    private final JProgressBar bar = new JProgressBar(0, STEPS);
    private final JTextArea line = Pieces.soft("");
    private final JButton cancel;
    private final List<String> warnings = new ArrayList<>();
    private Desk.Asked asked;

    /** @param name of its parts, for example {@code backup} @param what the verb, for example {@code Backing up} */
    Running(String name, String what) {
        super(new Column(10));
        this.what = what;
        setOpaque(false);
        bar.setName(name + ".bar");
        bar.getAccessibleContext().setAccessibleName(what);
        line.setName(name + ".progress");
        cancel = Pieces.button(name + ".cancel", Words.say("button.cancel"), this::cancel);
        add(bar);
        add(Pieces.ends(line, cancel));
        setVisible(false);
    }

    void begin(Desk.Asked work) {
        asked = work;
        warnings.clear();
        bar.setIndeterminate(true);
        cancel.setEnabled(true);
        Pieces.say(line, Words.say("progress.begins", what));
        setVisible(true);
    }

    void end() {
        asked = null;
        bar.setIndeterminate(false);
        setVisible(false);
    }

    boolean isOn() {
        return asked != null;
    }

    /** What could not be read or written so far, at most some hundred lines. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void cancel() {
        if (asked != null) {
            cancel.setEnabled(false);
            Pieces.say(line, Words.say("progress.stopping"));
            asked.cancel();
        }
    }

    @Override
    public void progress(Counts counts, long bytesPerSecond, OptionalLong secondsLeft) {
        SwingUtilities.invokeLater(() -> show(counts, bytesPerSecond, secondsLeft));
    }

    private void show(Counts counts, long bytesPerSecond, OptionalLong secondsLeft) {
        if (asked == null || !cancel.isEnabled()) {
            return;
        }
        bar.setIndeterminate(counts.share() < 0);
        bar.setValue((int) (Math.max(0, counts.share()) * STEPS));
        Pieces.say(line, sentence(what, counts, bytesPerSecond, secondsLeft));
    }

    /** For example: Backing up: 1.20 GB of 3.40 GB, 2 min 5 s left, 12.0 MB/s. */
    static String sentence(String what, Counts counts, long bytesPerSecond, OptionalLong secondsLeft) {
        List<String> parts = new ArrayList<>();
        String done = Human.bytes(counts.bytes());
        parts.add(counts.bytesTotal() > 0 ? Words.say("progress.of", done, Human.bytes(counts.bytesTotal())) : done);
        secondsLeft.ifPresent(seconds -> parts.add(Words.say("progress.left", Human.duration(seconds))));
        if (bytesPerSecond > 0) {
            parts.add(Human.rate(bytesPerSecond));
        }
        return Words.say("progress.line", what, String.join(", ", parts));
    }

    @Override
    public void warning(String path, String reason) {
        String text = path == null ? reason : path + ": " + reason;
        SwingUtilities.invokeLater(() -> {
            if (warnings.size() < MOST_LINES) {
                warnings.add(text);
            }
        });
    }

    @Override
    public void notice(String text) {
        // What hosts do among themselves is no matter of an owner.
    }
}
