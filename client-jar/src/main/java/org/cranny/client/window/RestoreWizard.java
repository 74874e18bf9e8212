package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Desktop;
import java.awt.Dimension;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFileChooser;
import javax.swing.JPanel;
import javax.swing.JRadioButton;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import org.cranny.client.report.Human;
import org.cranny.client.report.Names;
import org.cranny.client.status.Standing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;

/** Brings files back in three steps: where to, what would happen, done. Nothing is written before the second was seen. */
final class RestoreWizard extends JDialog {
    private static final int MOST_NAMED = 4;

    private enum Step {
        WHERE,
        PREVIEW,
        DONE
    }

    private final Surroundings around;
    private final Standing.Kept snapshot;
    private final List<byte[]> paths;
    private final JRadioButton original =
            Pieces.label(new JRadioButton(), "restore.original", Words.say("restore.original"));
    private final JRadioButton other = Pieces.label(new JRadioButton(), "restore.other", Words.say("restore.other"));
    private final JTextField folder = new JTextField();
    private final JRadioButton never = Pieces.label(new JRadioButton(), "restore.never", Words.say("restore.never"));
    private final JRadioButton changed =
            Pieces.label(new JRadioButton(), "restore.changed", Words.say("restore.changed"));
    private final JRadioButton always = Pieces.label(new JRadioButton(), "restore.always", Words.say("restore.always"));
    private final JTextArea title = Pieces.title("");
    private final JTextArea preview = Pieces.prose("");
    private final JTextArea result = Pieces.prose("");
    private final JTextArea unrestored = Pieces.soft("");
    private final Trouble trouble = new Trouble("restore.trouble");
    private final Running running = new Running("restore", Words.say("restore.running"));
    private final CardLayout cards = new CardLayout();
    private final JPanel steps = new JPanel(cards);
    private final JButton back = Pieces.button("restore.back", Words.say("button.back"), this::back);
    private final JButton next = Pieces.primary(Pieces.button("restore.next", Words.say("button.next"), this::next));
    private final JButton open = Pieces.button("restore.open", Words.say("button.open"), this::open);
    private final JButton close = Pieces.button("restore.close", Words.say("button.close"), this::leave);
    private Step step = Step.WHERE;

    RestoreWizard(Window owner, Surroundings around, Standing.Kept snapshot, List<byte[]> paths) {
        super(owner, Words.say("restore.window"), ModalityType.DOCUMENT_MODAL);
        this.around = around;
        this.snapshot = snapshot;
        this.paths = paths;
        setName("restore");
        setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
        addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                leave();
            }
        });
        title.setName("restore.title");
        preview.setName("restore.preview");
        result.setName("restore.result");
        steps.setOpaque(false);
        steps.add(where(), Step.WHERE.name());
        steps.add(Pieces.scrolling(Pieces.column(12, preview)), Step.PREVIEW.name());
        steps.add(Pieces.scrolling(Pieces.column(12, result, unrestored)), Step.DONE.name());
        JPanel content = new JPanel(new BorderLayout(0, UIScale.scale(16)));
        content.setBorder(Pieces.room(22, 24, 18, 24));
        content.add(Pieces.column(10, title, trouble), BorderLayout.PAGE_START);
        content.add(steps);
        content.add(
                Pieces.column(12, running, Pieces.ends(Pieces.row(0, close), Pieces.row(10, open, back, next))),
                BorderLayout.PAGE_END);
        setContentPane(content);
        getRootPane().setDefaultButton(next);
        getRootPane()
                .registerKeyboardAction(
                        event -> leave(), KeyStroke.getKeyStroke("ESCAPE"), JComponent.WHEN_IN_FOCUSED_WINDOW);
        go(Step.WHERE);
        setSize(UIScale.scale(new Dimension(600, 440)));
        setLocationRelativeTo(owner);
    }

    private JComponent where() {
        group(original, other);
        group(never, changed, always);
        other.setSelected(true);
        never.setSelected(true);
        folder.setName("restore.folder");
        folder.setText(Path.of(System.getProperty("user.home"), Words.say("restore.folder.usual"))
                .toString());
        folder.getAccessibleContext().setAccessibleName(other.getText());
        JButton choose = Pieces.button("restore.choose", Words.say("button.choose"), this::choose);
        original.addActionListener(event -> folder.setEnabled(false));
        other.addActionListener(event -> folder.setEnabled(true));
        return Pieces.scrolling(Pieces.column(
                6,
                Pieces.soft(what()),
                Pieces.heading(Words.say("restore.where")),
                other,
                Pieces.ends(folder, choose),
                original,
                Pieces.heading(Words.say("restore.overwrite")),
                never,
                changed,
                always));
    }

    private static void group(JRadioButton... buttons) {
        ButtonGroup group = new ButtonGroup();
        for (JRadioButton each : buttons) {
            each.setOpaque(false);
            group.add(each);
        }
    }

    private String what() {
        List<String> names =
                paths.stream().limit(MOST_NAMED).map(Names::printable).toList();
        String more = paths.size() > MOST_NAMED ? Words.say("restore.more", paths.size() - MOST_NAMED) : "";
        return Words.say("restore.what", around.people().time(snapshot.ended()), String.join(", ", names) + more);
    }

    private void choose() {
        JFileChooser chooser = new JFileChooser(new File(folder.getText()));
        chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
        if (chooser.showDialog(this, Words.say("folders.choose.button")) == JFileChooser.APPROVE_OPTION) {
            folder.setText(chooser.getSelectedFile().getPath());
            other.doClick();
        }
    }

    private OwnBackups.Order order() {
        Path target =
                original.isSelected() ? Path.of("/") : Path.of(folder.getText().strip());
        Overwrite overwrite =
                always.isSelected() ? Overwrite.ALWAYS : changed.isSelected() ? Overwrite.IF_CHANGED : Overwrite.NEVER;
        return new OwnBackups.Order(snapshot, paths, target.toAbsolutePath().normalize(), overwrite);
    }

    private void go(Step to) {
        step = to;
        cards.show(steps, to.name());
        Pieces.say(title, Words.say("restore.title." + to));
        back.setVisible(to == Step.PREVIEW);
        open.setVisible(to == Step.DONE);
        open.setEnabled(Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.OPEN));
        next.setVisible(to != Step.DONE);
        Pieces.label(next, "restore.next", Words.say(to == Step.WHERE ? "button.next" : "button.bring"));
        Pieces.label(close, "restore.close", Words.say(to == Step.DONE ? "button.close" : "button.cancel"));
        getRootPane().setDefaultButton(to == Step.DONE ? close : next);
        (to == Step.DONE ? close : next).requestFocusInWindow();
    }

    private void back() {
        trouble.clear();
        go(Step.WHERE);
    }

    private void next() {
        if (step == Step.WHERE && other.isSelected() && folder.getText().isBlank()) {
            trouble.say(Words.say("restore.nowhere"));
            return;
        }
        boolean dryRun = step == Step.WHERE;
        OwnBackups.Order order = order();
        trouble.clear();
        busy(true);
        running.begin(around.desk()
                .ask(
                        () -> around.backups().restore(order, dryRun, running),
                        outcome -> over(order, dryRun, outcome),
                        this::failed));
    }

    private void busy(boolean is) {
        next.setEnabled(!is);
        back.setEnabled(!is);
        close.setEnabled(!is);
    }

    private void failed(String line) {
        running.end();
        busy(false);
        trouble.say(line);
    }

    private void over(OwnBackups.Order order, boolean dryRun, RestoreOutcome outcome) {
        List<String> warnings = running.warnings();
        running.end();
        busy(false);
        String files = Human.count(outcome.files(), Words.say("noun.file"));
        String place = original.isSelected()
                ? Words.say("restore.place.original")
                : order.target().toString();
        if (dryRun) {
            Pieces.say(
                    preview,
                    Words.say("restore.preview", files, Human.bytes(outcome.bytes()), place)
                            + there(outcome)
                            + "\n\n"
                            + Words.say("restore.preview." + order.overwrite()));
            go(Step.PREVIEW);
            return;
        }
        Pieces.say(result, Words.say("restore.done", files, Human.bytes(outcome.bytes()), place) + there(outcome));
        if (outcome.failed() > 0) {
            trouble.say(Words.say("restore.failed", Human.count(outcome.failed(), Words.say("noun.file"))));
        }
        Pieces.say(unrestored, String.join("\n", warnings));
        go(Step.DONE);
    }

    private static String there(RestoreOutcome outcome) {
        return outcome.skipped() == 0 ? "" : Words.say("restore.there", Human.count(outcome.skipped()));
    }

    /** The folder in which the first of it is. */
    private void open() {
        byte[] first = paths.get(0);
        Path within = Path.of("/").relativize(PathBytes.toPath(first));
        Path whole = order().target().resolve(within);
        File shown = (whole.toFile().isDirectory() || whole.getParent() == null ? whole : whole.getParent()).toFile();
        around.desk().ask(() -> opened(shown), done -> {}, trouble::say);
    }

    private static boolean opened(File folder) throws IOException {
        Desktop.getDesktop().open(folder);
        return true;
    }

    private void leave() {
        if (running.isOn()) {
            running.cancel();
        } else {
            dispose();
        }
    }
}
