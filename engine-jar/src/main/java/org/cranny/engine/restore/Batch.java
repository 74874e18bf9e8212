package org.cranny.engine.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A bounded part of a restore: content is ordered, then all of it is brought; then links and nodes are made, and
 * directories that are complete get their attributes, children first. While one part is written, the next one is
 * gathered. One thread gathers and runs.
 */
final class Batch {
    private static final int MOST_THINGS = 20_000;

    private final Contents contents;
    private List<Later> links = new ArrayList<>();
    private List<Later> directories = new ArrayList<>();
    private Underway underway = new Underway(List.of(), List.of());

    /** What is made when the part that is being written is. */
    private record Underway(List<Later> links, List<Later> directories) {
        void end() throws IOException {
            for (Later link : links) {
                link.run();
            }
            for (Later directory : directories) {
                directory.run();
            }
        }
    }

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

    /** Begins to write what was gathered, when what was begun before is written, and ends that meanwhile. */
    void run() throws IOException, InterruptedException {
        contents.await();
        Underway before = underway;
        contents.begin();
        underway = new Underway(links, directories);
        links = new ArrayList<>();
        directories = new ArrayList<>();
        before.end();
    }

    /** Returns when everything that was begun is done. */
    void end() throws IOException, InterruptedException {
        contents.await();
        underway.end();
        underway = new Underway(List.of(), List.of());
    }
}
