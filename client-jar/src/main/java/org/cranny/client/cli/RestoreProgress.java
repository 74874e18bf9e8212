package org.cranny.client.cli;

import org.cranny.client.report.Progress;
import org.cranny.engine.restore.RestoreListener;

/** Turns what a restore says into progress. @param tellDeleted whether to name what is taken away */
record RestoreProgress(Progress progress, boolean tellDeleted) implements RestoreListener {
    RestoreProgress(Progress progress) {
        this(progress, false);
    }

    @Override
    public void total(long files, long bytes) {
        progress.total(files, bytes);
    }

    @Override
    public void file(long bytes) {
        progress.done(1, bytes);
    }

    @Override
    public void deleted(String path) {
        if (tellDeleted) {
            progress.notice("- " + path);
        }
    }

    @Override
    public void failed(String path, String reason) {
        progress.warning(path, reason);
    }
}
