package org.cranny.web.admin;

import java.time.Instant;
import java.util.List;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.system.Machine;

/** A snapshot as the page shows it, with who keeps how much of it. */
public record SnapshotRow(
        String id,
        String machine,
        Instant received,
        String when,
        String whenExactly,
        String files,
        String bytes,
        String stored,
        long copies,
        List<Share> shares) {

    /** What one host keeps; {@code percent} of what the one with most keeps. */
    public record Share(String name, String bytes, int percent) {}

    static SnapshotRow of(Machine machine, SnapshotSummary snapshot, Moments moments) {
        Instant received = Instant.parse(snapshot.received());
        long most = snapshot.hosts().stream()
                .mapToLong(SnapshotSummary.HostShare::bytes)
                .max()
                .orElse(0);
        return new SnapshotRow(
                snapshot.snapshot(),
                machine.name(),
                received,
                moments.said(received),
                moments.exact(received),
                Amounts.count(snapshot.files()),
                Amounts.bytes(snapshot.bytes()),
                Amounts.bytes(snapshot.storedBytes()),
                snapshot.copies(),
                snapshot.hosts().stream()
                        .map(share -> new Share(
                                share.name(), Amounts.bytes(share.bytes()), Amounts.percent(share.bytes(), most)))
                        .toList());
    }

    public String shortId() {
        return id.substring(0, Math.min(8, id.length()));
    }

    /** The placement in one sentence, for those who cannot see the bars. */
    public String placement() {
        return String.join(
                ", ",
                shares.stream().map(share -> share.name() + " " + share.bytes()).toList());
    }
}
