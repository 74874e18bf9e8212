package org.cranny.web.pages.systems;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** What a system backed up last, and who keeps it. */
@Named
@RequestScoped
public class LastSnapshotsView {
    private static final int SNAPSHOTS = 5;

    @Inject
    SystemView system;

    @Inject
    Snapshots snapshots;

    @Inject
    Address address;

    @Inject
    Caller caller;

    private final Moments moments = new Moments(Instant.now(), ZoneId.systemDefault());
    private List<SnapshotSummary> summaries;

    /** A snapshot in the list. */
    public record SnapshotRow(
            String when, String whenExactly, String files, String bytes, String stored, long copies, String href) {}

    /** What one host keeps; {@code percent} of what the one with most keeps. @param href of its page, or empty */
    public record Share(String name, String href, String bytes, int percent) {}

    public List<SnapshotRow> getRows() {
        return summaries().stream()
                .map(each -> {
                    Instant received = Instant.parse(each.received());
                    return new SnapshotRow(
                            moments.said(received),
                            moments.exact(received),
                            Amounts.count(each.files()),
                            Amounts.bytes(each.bytes()),
                            Amounts.bytes(each.storedBytes()),
                            each.copies(),
                            address.of(Page.BROWSE, "system", system.getId(), "snapshot", each.snapshot()));
                })
                .toList();
    }

    private List<SnapshotSummary> summaries() {
        if (summaries == null) {
            summaries = system.isSource() ? snapshots.summaries(system.getId(), SNAPSHOTS) : List.of();
        }
        return summaries;
    }

    public List<Share> getKeepers() {
        if (summaries().isEmpty()) {
            return List.of();
        }
        List<SnapshotSummary.HostShare> hosts = summaries().get(0).hosts();
        long most =
                hosts.stream().mapToLong(SnapshotSummary.HostShare::bytes).max().orElse(0);
        return hosts.stream()
                .map(share -> new Share(
                        share.name(),
                        caller.sees(share.id()) ? address.of(Page.SYSTEM, "id", share.id()) : "",
                        Amounts.bytes(share.bytes()),
                        Amounts.percent(share.bytes(), most)))
                .toList();
    }

    public String getKeepersSentence() {
        long copies = summaries().get(0).copies();
        return Texts.count("system.keepers", summaries().get(0).hosts().size(), copies, Math.max(0, copies - 1));
    }
}
