package org.cranny.client.window;

import java.awt.BorderLayout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JFileChooser;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.ListSelectionModel;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.posix.PathBytes;

/** Which folders are backed up; where the realm's policy says it, it is shown only. */
final class FoldersView extends View {
    private final Surroundings around;
    private final JTextArea sentence = Pieces.title("");
    private final JTextArea detail = Pieces.soft("");
    private final Trouble trouble = new Trouble("folders.trouble");
    private final DefaultListModel<String> names = new DefaultListModel<>();
    private final JList<String> list = new JList<>(names);
    private final JButton add;
    private final JButton remove;
    private List<byte[]> chosen = List.of();
    private boolean decidedElsewhere;

    FoldersView(Surroundings around) {
        super("view.folders");
        this.around = around;
        sentence.setName("folders.sentence");
        detail.setName("folders.detail");
        list.setName("folders.list");
        list.getAccessibleContext().setAccessibleName(Words.say("nav.folders").replace("&", ""));
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.addListSelectionListener(event -> ready());
        list.setVisibleRowCount(8);
        add = Pieces.primary(Pieces.button("folders.add", Words.say("button.add"), this::pick));
        remove = Pieces.button("folders.remove", Words.say("button.remove"), this::remove);
        JPanel card = Pieces.card(14, new JScrollPane(list), Pieces.row(10, add, remove));
        add(
                Pieces.scrolling(Pieces.column(18, Pieces.column(4, sentence, detail), trouble, card)),
                BorderLayout.CENTER);
    }

    @Override
    void show(Standing standing, Optional<Keeping> keeping) {
        decidedElsewhere = standing.basis() == UsualBackup.Basis.POLICY;
        chosen = standing.chosen();
        String selected = list.getSelectedValue();
        List<String> folders = standing.folders();
        if (!folders.equals(Collections.list(names.elements()))) {
            names.clear();
            names.addAll(folders);
            list.setSelectedValue(selected, false);
        }
        Pieces.say(sentence, Words.say("folders." + standing.basis(), folders.size()));
        Pieces.say(detail, Words.say("folders." + standing.basis() + ".detail"));
        ready();
    }

    private void ready() {
        add.setEnabled(!decidedElsewhere);
        remove.setEnabled(!decidedElsewhere && chosen.size() > 1 && list.getSelectedIndex() >= 0);
    }

    private void pick() {
        JFileChooser chooser = new JFileChooser();
        chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
        chooser.setMultiSelectionEnabled(true);
        chooser.setDialogTitle(Words.say("folders.choose"));
        if (chooser.showDialog(this, Words.say("folders.choose.button")) == JFileChooser.APPROVE_OPTION) {
            add(Arrays.stream(chooser.getSelectedFiles()).map(File::toPath).toList());
        }
    }

    /** These folders are backed up too, from the next backup on. */
    void add(List<Path> folders) {
        List<byte[]> more = new ArrayList<>(chosen);
        for (Path folder : folders) {
            byte[] path = PathBytes.of(folder);
            if (more.stream().noneMatch(each -> Arrays.equals(each, path))) {
                more.add(path);
            }
        }
        keep(more);
    }

    private void remove() {
        List<byte[]> fewer = new ArrayList<>(chosen);
        fewer.remove(list.getSelectedIndex());
        keep(fewer);
    }

    private void keep(List<byte[]> folders) {
        trouble.clear();
        around.desk().ask(() -> kept(folders), done -> around.changed().run(), trouble::say);
    }

    private boolean kept(List<byte[]> folders) throws IOException {
        around.backups().choose(folders);
        return true;
    }
}
