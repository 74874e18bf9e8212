package org.cranny.client.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import org.cranny.client.report.Names;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;

/** The backups by time, their folders and files, what a file was before, search by name, and the way back. */
final class FilesView extends View {
    private static final double LEFT = 0.5;

    private final Surroundings around;
    private final JTextArea sentence = Pieces.title("");
    private final Trouble trouble = new Trouble("files.trouble");
    private final JComboBox<Standing.Kept> backups = new JComboBox<>();
    private final JTextField search = new JTextField();
    private final FileTree tree;
    private final DefaultListModel<Found.Hit> hits = new DefaultListModel<>();
    private final JList<Found.Hit> found = new JList<>(hits);
    private final CardLayout sides = new CardLayout();
    private final JPanel left = new JPanel(sides);
    private final FileDetails details;
    private List<Standing.Kept> listed = List.of();
    private boolean filling;
    private boolean stale = true;

    FilesView(Surroundings around) {
        super("view.files");
        this.around = around;
        tree = new FileTree(around, trouble::say);
        details = new FileDetails(around, this::restore);
        sentence.setName("files.sentence");
        backups.setName("files.backups");
        backups.setRenderer(new Line());
        backups.getAccessibleContext().setAccessibleName(Words.say("files.backup"));
        backups.addActionListener(event -> chosen());
        search.setName("files.search");
        search.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Words.say("files.search"));
        search.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
        search.getAccessibleContext().setAccessibleName(Words.say("files.search"));
        search.addActionListener(event -> search());
        search.putClientProperty(FlatClientProperties.TEXT_FIELD_CLEAR_CALLBACK, (Runnable) this::forgetSearch);
        found.setName("files.found");
        found.setCellRenderer(new Path());
        found.getAccessibleContext().setAccessibleName(Words.say("files.found"));
        found.addListSelectionListener(event -> details.show(found.getSelectedValuesList()));
        tree.tree().addTreeSelectionListener(event -> details.show(tree.selected()));
        add(head(), BorderLayout.PAGE_START);
        add(body());
    }

    private JPanel head() {
        JPanel choice = new JPanel(new BorderLayout(UIScale.scale(12), 0));
        choice.setOpaque(false);
        choice.add(backups);
        search.setColumns(11);
        choice.add(search, BorderLayout.LINE_END);
        JPanel head = Pieces.column(14, sentence, choice, trouble);
        head.setBorder(Pieces.room(0, 0, 14, 0));
        return head;
    }

    private JPanel body() {
        left.add(plain(tree.tree()), "tree");
        left.add(plain(found), "found");
        left.setOpaque(false);
        details.setBorder(Pieces.room(0, 16, 0, 0));
        JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, left, details);
        split.setResizeWeight(LEFT);
        split.addComponentListener(new Sharing(split));
        split.setOpaque(false);
        split.setBorder(BorderFactory.createEmptyBorder());
        left.setMinimumSize(UIScale.scale(new Dimension(180, 80)));
        left.setPreferredSize(UIScale.scale(new Dimension(300, 200)));
        details.setMinimumSize(UIScale.scale(new Dimension(200, 80)));
        details.setPreferredSize(UIScale.scale(new Dimension(230, 200)));
        JPanel card = Pieces.card(0);
        card.setLayout(new BorderLayout());
        card.add(split);
        return card;
    }

    private static JScrollPane plain(Component content) {
        JScrollPane pane = new JScrollPane(content);
        pane.setBorder(BorderFactory.createEmptyBorder());
        return pane;
    }

    @Override
    void show(Standing standing, Optional<Keeping> keeping) {
        if (standing.snapshots().equals(listed)) {
            return;
        }
        listed = standing.snapshots();
        List<Standing.Kept> newestFirst = new ArrayList<>(listed);
        Collections.reverse(newestFirst);
        Standing.Kept before = (Standing.Kept) backups.getSelectedItem();
        boolean wasNewest = backups.getSelectedIndex() <= 0;
        filling = true;
        backups.setModel(new DefaultComboBoxModel<>(newestFirst.toArray(Standing.Kept[]::new)));
        if (!wasNewest && newestFirst.contains(before)) {
            backups.setSelectedItem(before);
        }
        filling = false;
        backups.setEnabled(!listed.isEmpty());
        search.setEnabled(!listed.isEmpty());
        Pieces.say(sentence, Words.say(listed.isEmpty() ? "files.none" : "files.sentence"));
        if (isShowing()) {
            chosen();
        } else {
            stale = true;
        }
    }

    @Override
    void entered() {
        if (stale) {
            chosen();
        }
        tree.tree().requestFocusInWindow();
    }

    /** Another backup is in sight. */
    private void chosen() {
        Standing.Kept snapshot = (Standing.Kept) backups.getSelectedItem();
        if (filling || snapshot == null) {
            return;
        }
        stale = false;
        trouble.clear();
        details.show(List.of());
        if (around.backingUp().getAsBoolean()) {
            trouble.say(Words.say("files.waiting"));
        }
        tree.show(snapshot, trouble::clear);
        if (search.getText().isBlank()) {
            sides.show(left, "tree");
        } else {
            search();
        }
    }

    private void search() {
        Standing.Kept snapshot = (Standing.Kept) backups.getSelectedItem();
        String name = search.getText();
        trouble.clear();
        if (snapshot == null || name.isBlank()) {
            sides.show(left, "tree");
            details.show(tree.selected());
            return;
        }
        around.desk().ask(() -> around.backups().search(snapshot, name), this::found, trouble::say);
    }

    private void found(Found page) {
        hits.clear();
        hits.addAll(page.hits());
        sides.show(left, "found");
        details.show(List.of());
        if (page.hits().isEmpty()) {
            trouble.say(Words.say("files.nothing", search.getText()));
        } else if (page.next() != null) {
            trouble.say(Words.say("files.many", page.hits().size()));
        }
    }

    private void forgetSearch() {
        search.setText("");
        search();
    }

    private void restore() {
        Standing.Kept snapshot = details.version().orElse((Standing.Kept) backups.getSelectedItem());
        List<byte[]> paths = details.selected().stream().map(Found.Hit::path).toList();
        if (snapshot != null && !paths.isEmpty()) {
            new RestoreWizard(SwingUtilities.getWindowAncestor(this), around, snapshot, paths).setVisible(true);
        }
    }

    /** Both sides keep their share of the width. */
    private static final class Sharing extends ComponentAdapter {
        private final JSplitPane split;

        Sharing(JSplitPane split) {
            this.split = split;
        }

        @Override
        public void componentResized(ComponentEvent event) {
            split.setDividerLocation(LEFT);
        }
    }

    private final class Line extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> all, Object value, int index, boolean isSelected, boolean hasFocus) {
            String text = value == null ? "" : around.name((Standing.Kept) value);
            return super.getListCellRendererComponent(all, text, index, isSelected, hasFocus);
        }
    }

    private static final class Path extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> all, Object value, int index, boolean isSelected, boolean hasFocus) {
            Found.Hit hit = (Found.Hit) value;
            JLabel label = (JLabel)
                    super.getListCellRendererComponent(all, Names.printable(hit.path()), index, isSelected, hasFocus);
            label.setToolTipText(label.getText());
            return label;
        }
    }
}
