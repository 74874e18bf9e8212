package org.cranny.client.report;

import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.Finding;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.protocol.masterfile.Host;

/** Turns what the engine says into progress. */
public final class Listening {
    private Listening() {}

    public record ToBackup(Progress progress) implements BackupListener {
        @Override
        public boolean wantsTotal() {
            return progress.wantsTotal();
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
        public void stored(long bytes, int copies) {
            progress.stored(bytes * copies);
        }

        @Override
        public void unread(byte[] path, String reason) {
            progress.warning(path, reason);
        }

        @Override
        public void hostFailed(Host host, String reason) {
            progress.notice(reason + ". Another host is used.");
        }

        @Override
        public void notice(String line) {
            progress.notice(line);
        }
    }

    public record ToRestore(Progress progress) implements RestoreListener {
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

    public record ToCheck(Progress progress) implements CheckListener {
        @Override
        public void copy(long bytes) {
            progress.done(1, bytes);
        }

        @Override
        public void found(Finding finding) {
            progress.warning(finding.hostName(), finding.reason());
        }
    }
}
