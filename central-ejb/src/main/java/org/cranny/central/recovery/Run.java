package org.cranny.central.recovery;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.archive.ArchiveOutcome;

/** One archive while it is written: counts, and what went wrong. Another run of the same recovery stops it. */
final class Run implements ArchiveListener {
    private static final int MOST_PROBLEMS = 1_000;

    private final long filesTotal;
    private final long bytesTotal;
    private final MessageDigest sha256 = sha256();
    private final List<String> problems = new ArrayList<>();
    private long files;
    private long bytes;
    private long failed;
    private long leftOut;
    private long octets;
    private String digest;
    private String reason;
    private boolean ended;
    private List<String> served = List.of();
    private List<String> away = List.of();
    private volatile boolean stopped;

    record Figures(long files, long bytes, long failed, long leftOut, long octets) {}

    Run(long filesTotal, long bytesTotal) {
        this.filesTotal = filesTotal;
        this.bytesTotal = bytesTotal;
    }

    @Override
    public synchronized void file(long size) {
        files++;
        bytes += size;
    }

    @Override
    public synchronized void failed(String path, String why) {
        failed++;
        note(path + ": " + why);
    }

    @Override
    public synchronized void leftOut(String path, String why) {
        leftOut++;
        note(path + ": " + why);
    }

    private void note(String line) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(line);
        }
    }

    /** Counts and hashes what passes, and breaks when another run began. */
    OutputStream counting(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] data, int from, int count) throws IOException {
                if (stopped) {
                    throw new IOException("it was asked for once more");
                }
                out.write(data, from, count);
                sha256.update(data, from, count);
                count(count);
            }
        };
    }

    private synchronized void count(int more) {
        octets += more;
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    synchronized void whole(ArchiveOutcome outcome) {
        failed = outcome.failed();
        digest = HexFormat.of().formatHex(sha256.digest());
        ended = true;
    }

    synchronized void broke(String why) {
        reason = why;
        ended = true;
    }

    synchronized void hosts(List<String> gave, List<String> missing) {
        served = gave;
        away = missing;
    }

    synchronized RecoveryState state() {
        if (!ended) {
            return RecoveryState.RUNNING;
        }
        if (reason != null) {
            return RecoveryState.FAILED;
        }
        return failed > 0 ? RecoveryState.INCOMPLETE : RecoveryState.DONE;
    }

    synchronized Figures figures() {
        return new Figures(files, bytes, failed, leftOut, octets);
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    synchronized List<String> served() {
        return served;
    }

    synchronized List<String> away() {
        return away;
    }

    synchronized String digest() {
        return digest;
    }

    synchronized String reason() {
        return reason;
    }

    long filesTotal() {
        return filesTotal;
    }

    long bytesTotal() {
        return bytesTotal;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
