package org.cranny.client.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.swing.JTree;
import javax.swing.event.TreeExpansionEvent;
import javax.swing.event.TreeWillExpandListener;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.DefaultTreeModel;
import javax.swing.tree.TreePath;
import org.cranny.client.report.Names;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;
import org.cranny.engine.posix.FileType;

/** The folders and files of a backup. A folder is read when it is first opened, a page at a time. */
final class FileTree {
    private final Surroundings around;
    private final Consumer<String> trouble;
    private final DefaultMutableTreeNode root = new DefaultMutableTreeNode();
    private final DefaultTreeModel model = new DefaultTreeModel(root, true);
    private final JTree tree = new JTree(model);
    private Standing.Kept snapshot;

    /** @param trouble hears why a folder could not be read */
    FileTree(Surroundings around, Consumer<String> trouble) {
        this.around = around;
        this.trouble = trouble;
        tree.setName("files.tree");
        tree.getAccessibleContext().setAccessibleName(Words.say("nav.files").replace("&", ""));
        tree.setRootVisible(false);
        tree.setLargeModel(true);
        tree.addTreeWillExpandListener(new Opening());
        tree.addTreeSelectionListener(event -> more(event.getNewLeadSelectionPath()));
    }

    /** A file or folder, in words. */
    private record Shown(Found.Hit hit, boolean whole) {
        @Override
        public String toString() {
            return Names.printable(whole ? hit.path() : hit.entry().name());
        }
    }

    /** Stands where the next page of a folder will be. @param after null for the first page */
    @SuppressWarnings("ArrayRecordComponent")
    private record Rest(byte[] after) {
        @Override
        public String toString() {
            return Words.say(after == null ? "files.loading" : "files.more");
        }
    }

    JTree tree() {
        return tree;
    }

    /** @param shown is run when its top is in sight */
    void show(Standing.Kept of, Runnable shown) {
        snapshot = of;
        root.removeAllChildren();
        root.add(new DefaultMutableTreeNode(new Rest(null), false));
        model.reload();
        around.desk().ask(() -> around.backups().tops(of), hits -> tops(of, hits, shown), trouble);
    }

    private void tops(Standing.Kept of, List<Found.Hit> hits, Runnable shown) {
        if (of.equals(snapshot)) {
            shown.run();
            root.removeAllChildren();
            hits.forEach(hit -> root.add(node(hit, true)));
            model.reload();
            if (hits.size() == 1) {
                tree.expandRow(0);
            }
            if (hits.isEmpty()) {
                trouble.accept(Words.say("files.empty"));
            }
        }
    }

    /** What is selected. */
    List<Found.Hit> selected() {
        TreePath[] paths = tree.getSelectionPaths();
        return paths == null
                ? List.of()
                : Arrays.stream(paths)
                        .map(path -> hit((DefaultMutableTreeNode) path.getLastPathComponent()))
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static Found.Hit hit(DefaultMutableTreeNode node) {
        return node.getUserObject() instanceof Shown shown ? shown.hit() : null;
    }

    private static DefaultMutableTreeNode node(Found.Hit hit, boolean whole) {
        boolean folder = hit.entry().type() == FileType.DIRECTORY;
        DefaultMutableTreeNode node = new DefaultMutableTreeNode(new Shown(hit, whole), folder);
        if (folder) {
            node.add(new DefaultMutableTreeNode(new Rest(null), false));
        }
        return node;
    }

    private static Rest rest(DefaultMutableTreeNode folder) {
        boolean some = folder.getChildCount() > 0;
        return some && ((DefaultMutableTreeNode) folder.getLastChild()).getUserObject() instanceof Rest rest
                ? rest
                : null;
    }

    private void read(DefaultMutableTreeNode folder, Rest rest) {
        Standing.Kept of = snapshot;
        byte[] path = hit(folder).path();
        around.desk()
                .ask(
                        () -> around.backups().list(of, path, rest.after()),
                        page -> {
                            if (of.equals(snapshot) && rest(folder) == rest) {
                                add(folder, page);
                            }
                        },
                        trouble);
    }

    private void add(DefaultMutableTreeNode folder, Found page) {
        DefaultMutableTreeNode rest = (DefaultMutableTreeNode) folder.getLastChild();
        List<Found.Hit> hits = new ArrayList<>(page.hits());
        if (page.next() == null && folder.getChildCount() == 1) {
            hits.sort(Comparator.comparing(each -> each.entry().type() != FileType.DIRECTORY));
        }
        folder.remove(rest);
        hits.forEach(hit -> folder.add(node(hit, false)));
        if (page.next() != null) {
            folder.add(new DefaultMutableTreeNode(new Rest(page.next()), false));
        }
        boolean open = tree.isExpanded(new TreePath(folder.getPath()));
        model.nodeStructureChanged(folder);
        if (open) {
            tree.expandPath(new TreePath(folder.getPath()));
        }
    }

    /** Whoever selects the place of the next page gets it. */
    private void more(TreePath path) {
        if (path != null
                && path.getLastPathComponent() instanceof DefaultMutableTreeNode node
                && node.getUserObject() instanceof Rest rest
                && rest.after() != null) {
            read((DefaultMutableTreeNode) node.getParent(), rest);
        }
    }

    private final class Opening implements TreeWillExpandListener {
        @Override
        public void treeWillExpand(TreeExpansionEvent event) {
            DefaultMutableTreeNode folder =
                    (DefaultMutableTreeNode) event.getPath().getLastPathComponent();
            Rest rest = rest(folder);
            if (rest != null && rest.after() == null) {
                read(folder, rest);
            }
        }

        @Override
        public void treeWillCollapse(TreeExpansionEvent event) {
            // What was read stays.
        }
    }
}
