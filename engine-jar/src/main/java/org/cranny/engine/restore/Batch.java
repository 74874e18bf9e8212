package org.cranny.engine.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A bounded part of a restore: content is ordered, then all of it is brought; then links and nodes are made, and
 * directories that are complete get their attributes, children first. One thread gathers and runs.
 */
final class Batch {
    private static final int MOST_THINGS = 50_000;

    private final Contents contents;
    private final List<Later> links = new ArrayList<>();
    private final List<Later> directories = new ArrayList<>();

    /** Something to be done when the files are written. */
    @FunctionalInterface
    interface Later {
        void run() throws IOException;
    }

    Batch(Contents contents) {
        this.contents = contents;
    }

    void link(Later link) {
        links.add(link);
    }

    void finish(Later directory) {
        directories.add(directory);
    }

    boolean isFull() {
        return contents.isFull() || links.size() + directories.size() >= MOST_THINGS;
    }

    void run() throws IOException, InterruptedException {
        contents.bring();
        for (Later link : links) {
            link.run();
        }
        for (Later directory : directories) {
            directory.run();
        }
        links.clear();
        directories.clear();
    }
}
