package org.cranny.client.window;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
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
import org.cranny.client.report.Listening;
import org.cranny.client.report.Progress;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;
import org.cranny.engine.restore.Receiving;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;

/** A machine whose home belongs to somebody else, by its agent. Of its files those are seen that belong to this user. */
final class AgentBackups implements OwnBackups {
    private final DesktopCalls agent;

    AgentBackups(DesktopCalls agent) {
        this.agent = agent;
    }

    @Override
    public boolean enrolled() {
        return true;
    }

    @Override
    public Configuration enroll(Invitation invitation, String name) {
        throw notHere();
    }

    @Override
    public Configuration signIn(SignIn who, String name) {
        throw notHere();
    }

    @Override
    public String stamp() throws IOException {
        return agent.stamp();
    }

    @Override
    public Standing standing() throws IOException {
        return agent.standing();
    }

    @Override
    public Optional<Keeping> keeping() throws IOException {
        return agent.keeping();
    }

    @Override
    public void choose(List<byte[]> folders) throws IOException {
        agent.choose(folders);
    }

    @Override
    public void pause(Duration length) throws IOException {
        agent.pause(length);
    }

    @Override
    public void goOn() throws IOException {
        agent.goOn();
    }

    @Override
    public void limit(OwnRates.Rates rates) throws IOException {
        agent.limit(rates);
    }

    @Override
    public void hold(Map<OwnHolds.Cause, OwnHolds.Answer> answers) throws IOException {
        agent.hold(answers);
    }

    @Override
    public DesktopCalls.Made backUp(ProgressListener listener) throws IOException, InterruptedException {
        return agent.backUp(listener);
    }

    @Override
    public List<Found.Hit> tops(Standing.Kept snapshot) throws IOException {
        return read(files -> files.tops(snapshot.id()));
    }

    @Override
    public Found list(Standing.Kept snapshot, byte[] folder, byte[] after) throws IOException {
        return read(files -> files.list(snapshot.id(), folder, after));
    }

    @Override
    public Found search(Standing.Kept snapshot, String name) throws IOException {
        return read(files -> files.search(snapshot.id(), OwnBackups.pattern(name)));
    }

    @Override
    public List<FilesCall.Past> versions(byte[] path) throws IOException {
        return read(files -> files.versions(path));
    }

    private interface Look<T> {
        T at(FilesCall files) throws IOException;
    }

    private <T> T read(Look<T> look) throws IOException {
        try (FilesCall files = agent.files()) {
            return look.at(files);
        }
    }

    @Override
    public RestoreOutcome restore(Order order, boolean dryRun, ProgressListener listener)
            throws IOException, InterruptedException {
        Receiving.Request request = new Receiving.Request(order.paths(), order.target(), order.overwrite());
        try (FilesCall files = agent.files();
                Progress progress = Progress.to(listener)) {
            Receiving receiving = new Receiving(files.snapshot(order.snapshot().id()));
            RestoreListener telling = new Listening.ToRestore(progress);
            if (dryRun) {
                return receiving.count(request, telling);
            }
            RestoreOutcome all = receiving.count(request, RestoreListener.SILENT);
            telling.total(all.files(), all.bytes());
            RestoreOutcome outcome = receiving.run(request, telling);
            outcome.warnings().forEach(warning -> progress.warning((String) null, warning));
            return outcome;
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted();
            throw new InterruptedException("stopped");
        }
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("the agent does not offer this to its desktop user");
    }
}
