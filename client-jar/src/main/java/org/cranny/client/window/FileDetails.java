package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.BorderLayout;
import java.awt.Component;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.ListSelectionModel;
import org.cranny.client.desktop.FilesCall;
import org.cranny.client.report.Human;
import org.cranny.client.report.Names;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** What is selected, what it was over the backups, and the button that brings it back. */
final class FileDetails extends JPanel {
    private final Surroundings around;
    private final JTextArea name = Pieces.prose(Words.say("files.select"));
    private final Facts facts = new Facts();
    private final DefaultListModel<FilesCall.Past> versions = new DefaultListModel<>();
    private final JList<FilesCall.Past> list = new JList<>(versions);
    private final JPanel past;
    private final JButton restore;
    private List<Found.Hit> selected = List.of();
    private Desk.Asked looking;

    /** @param restore brings back what {@link #selected} and {@link #version} say */
    FileDetails(Surroundings around, Runnable restore) {
        super(new BorderLayout(0, UIScale.scale(12)));
        this.around = around;
        setOpaque(false);
        name.setName("files.name");
        list.setName("files.versions");
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new Line());
        list.getAccessibleContext().setAccessibleName(Words.say("files.versions"));
        this.restore = Pieces.primary(Pieces.button("files.restore", Words.say("button.restore"), restore));
        this.restore.setEnabled(false);
        past = new JPanel(new BorderLayout(0, UIScale.scale(6)));
        past.setOpaque(false);
        past.add(Pieces.heading(Words.say("files.versions")), BorderLayout.PAGE_START);
        past.add(new JScrollPane(list));
        past.setVisible(false);
        add(Pieces.column(8, name, facts), BorderLayout.PAGE_START);
        add(past);
        add(Pieces.row(0, this.restore), BorderLayout.PAGE_END);
    }

    List<Found.Hit> selected() {
        return selected;
    }

    /** The version that was chosen; empty for the one of the backup in sight. */
    Optional<Standing.Kept> version() {
        return Optional.ofNullable(list.getSelectedValue()).map(FilesCall.Past::last);
    }

    void show(List<Found.Hit> hits) {
        if (looking != null) {
            looking.cancel();
        }
        selected = hits;
        restore.setEnabled(!hits.isEmpty());
        versions.clear();
        past.setVisible(false);
        if (hits.size() != 1) {
            Pieces.say(name, hits.isEmpty() ? Words.say("files.select") : Words.say("files.selected", hits.size()));
            facts.show(List.of());
            return;
        }
        Found.Hit hit = hits.get(0);
        Pieces.say(name, Names.printable(hit.path()));
        facts.show(facts(hit.entry()));
        looking = around.desk()
                .ask(() -> around.backups().versions(hit.path()), each -> versions(hit, each), unread -> {});
    }

    private void versions(Found.Hit of, List<FilesCall.Past> all) {
        if (selected.size() == 1 && selected.get(0) == of) {
            List<FilesCall.Past> newestFirst = new ArrayList<>(
                    all.stream().filter(each -> each.entry() != null).toList());
            Collections.reverse(newestFirst);
            versions.addAll(newestFirst);
            past.setVisible(!newestFirst.isEmpty());
            revalidate();
        }
    }

    private List<Facts.Fact> facts(Entry entry) {
        List<Facts.Fact> all = new ArrayList<>();
        all.add(new Facts.Fact(
                Words.say("fact.kind"), Words.say("kind." + entry.type().name())));
        if (entry.thing() instanceof Thing.File file) {
            all.add(new Facts.Fact(Words.say("fact.bytes"), Human.bytes(file.size())));
        }
        if (!entry.attributes().equals(Attributes.HIDDEN)) {
            Instant changed = entry.attributes().modified();
            all.add(new Facts.Fact(Words.say("fact.changed"), around.people().timeFirst(changed)));
        }
        return all;
    }

    private String line(FilesCall.Past version) {
        String from = around.people().timeFirst(version.first().ended());
        return version.entry().thing() instanceof Thing.File file
                ? Words.say("files.version", from, Human.bytes(file.size()))
                : Words.say("files.version.folder", from);
    }

    private final class Line extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> all, Object value, int index, boolean isSelected, boolean hasFocus) {
            return super.getListCellRendererComponent(all, line((FilesCall.Past) value), index, isSelected, hasFocus);
        }
    }
}
