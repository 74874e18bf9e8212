package org.cranny.client.stub;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cranny.client.stub.StubCentral.Answer;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.custody.FindingsAnswer;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;

/** Leases, placements and commits of one source, in memory and believing everything. */
final class StubCatalogue {
    private static final Jsonb JSON = JsonbBuilder.create();

    private final TestRealm realm;
    private final List<SnapshotLine> snapshots = new ArrayList<>();
    private long epoch;

    StubCatalogue(TestRealm realm) {
        this.realm = realm;
    }

    /** @param source key of the machine that asks */
    synchronized Answer answer(String method, String path, String body, PublicKey source) {
        if (path.startsWith("/api/v1/leases")) {
            return method.equals("DELETE") ? new Answer(204, "application/json", "") : lease(method, source);
        }
        if (path.equals("/api/v1/placements")) {
            List<String> packs = JSON.fromJson(body, Placements.class).packs().stream()
                    .map(Placement::pack)
                    .toList();
            return Answer.json(new Registered(packs, List.of()));
        }
        if (path.equals("/api/v1/snapshots")) {
            return commit(JSON.fromJson(body, CommitRequest.class).manifest(), source);
        }
        if (path.startsWith("/api/v1/snapshots?")) {
            return Answer.json(snapshots);
        }
        if (path.equals("/api/v1/findings")) {
            return Answer.json(new FindingsAnswer(
                    JSON.fromJson(body, Findings.class).findings().size()));
        }
        return new Answer(path.startsWith("/api/v1/packs/") ? 201 : 503, "text/plain", "");
    }

    private Answer lease(String method, PublicKey source) {
        epoch += method.equals("POST") ? 1 : 0;
        String allotment = realm.allotment(realm.system(7), source);
        SnapshotLine last = snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1);
        long version = last == null ? 0 : last.version();
        return Answer.json(
                new Lease(epoch, version, last == null ? null : last.snapshot(), List.of(), allotment, 120, List.of()));
    }

    private Answer commit(String manifest, PublicKey source) {
        try {
            Signed signed = Signed.parse(manifest);
            Manifest opened = Manifest.open(signed, source);
            byte[] hash = Manifest.hash(signed);
            String id = HexFormat.of().formatHex(hash);
            String committed = new Committed(opened.source(), opened.version(), hash, Instant.now())
                    .sign(realm.catalogueKey())
                    .text();
            snapshots.add(new SnapshotLine(id, opened.version(), manifest, committed, false));
            return new Answer(
                    201, "application/json", JSON.toJson(new CommitAnswer(id, opened.version(), committed, 2)));
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
