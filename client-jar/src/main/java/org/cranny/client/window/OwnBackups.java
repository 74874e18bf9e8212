package org.cranny.client.window;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.desktop.FilesCall;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.enrollment.SignIn;
import org.cranny.client.home.Configuration;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;

/** All that the window asks of this machine. Every method may take its time and none is for the event thread. */
interface OwnBackups {
    boolean enrolled();

    Configuration enroll(Invitation invitation, String name) throws IOException;

    /** As {@link #enroll}, with a token that central gives to whom this machine belongs. */
    Configuration signIn(SignIn who, String name) throws IOException;

    /** Differs whenever something that {@link #standing} says may have changed; costs a look at a few files. */
    String stamp() throws IOException;

    Standing standing() throws IOException;

    /** Empty before the first backup. */
    Optional<Keeping> keeping() throws IOException;

    void choose(List<byte[]> folders) throws IOException;

    void pause(Duration length) throws IOException;

    void goOn() throws IOException;

    void limit(OwnRates.Rates rates) throws IOException;

    void hold(Map<OwnHolds.Cause, OwnHolds.Answer> answers) throws IOException;

    DesktopCalls.Made backUp(ProgressListener listener) throws IOException, InterruptedException;

    /** What was asked for when a snapshot was made, as entries: where its folders begin. */
    List<Found.Hit> tops(Standing.Kept snapshot) throws IOException;

    /** A page of a folder. @param after name that the page before ended with, or null */
    Found list(Standing.Kept snapshot, byte[] folder, byte[] after) throws IOException;

    /** The first page of what has such a name. @param name part of one, or a pattern with * and ? */
    Found search(Standing.Kept snapshot, String name) throws IOException;

    /** What a path was over all snapshots, oldest first. */
    List<FilesCall.Past> versions(byte[] path) throws IOException;

    /** What shall be brought back. @param paths raw octets @param target folder below which each appears with its path */
    record Order(Standing.Kept snapshot, List<byte[]> paths, Path target, Overwrite overwrite) {}

    /** Brings back, or only says what would be. */
    RestoreOutcome restore(Order order, boolean dryRun, ProgressListener listener)
            throws IOException, InterruptedException;

    static String pattern(String name) {
        String plain = name.strip().replace("\\", "\\\\");
        boolean pattern = plain.contains("*") || plain.contains("?");
        return pattern ? plain : "*" + plain + "*";
    }
}
