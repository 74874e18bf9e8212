package org.cranny.client.cli;

import org.cranny.client.report.Progress;
import org.cranny.engine.restore.RestoreListener;

/** Turns what a restore says into progress. */
record RestoreProgress(Progress progress) implements RestoreListener {
    @Override
    public void total(long files, long bytes) {
        progress.total(files, bytes);
    }

    @Override
    public void file(long bytes) {
        progress.done(1, bytes);
    }

    @Override
    public void failed(String path, String reason) {
        progress.warning(path, reason);
    }
}
