package org.cranny.client.window;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.desktop.DesktopCalls;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.home.Configuration;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.engine.browse.Found;
import org.cranny.engine.browse.Versions;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.snapshot.Snapshot;

/** A machine whose home belongs to somebody else, by its agent. Files are not to be seen here. */
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
    public boolean showsFiles() {
        return false;
    }

    @Override
    public Configuration enroll(Invitation invitation, String name) {
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
    public List<Found.Hit> tops(Snapshot snapshot) {
        throw notHere();
    }

    @Override
    public Found list(Snapshot snapshot, byte[] folder, byte[] after) {
        throw notHere();
    }

    @Override
    public Found search(Snapshot snapshot, String name) {
        throw notHere();
    }

    @Override
    public List<Versions.Version> versions(byte[] path) {
        throw notHere();
    }

    @Override
    public RestoreOutcome restore(Order order, boolean dryRun, ProgressListener listener) {
        throw notHere();
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("the agent does not offer this to its desktop user");
    }
}
