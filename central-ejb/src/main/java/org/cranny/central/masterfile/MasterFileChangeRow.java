package org.cranny.central.masterfile;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.cranny.central.masterfile.MasterFileChanges.Change;
import org.cranny.central.masterfile.MasterFileChanges.HostChange;
import org.cranny.protocol.masterfile.MasterFile;

/** What a version changed; added with the version, and kept when the version itself is dropped. */
@Entity
@Table(name = "master_file_change")
class MasterFileChangeRow {
    private static final Jsonb JSON = JsonbBuilder.create();

    @Id
    private long version;

    @Column(name = "made_seconds")
    private long madeSeconds;

    private String reason;
    private int hosts;
    private int added;
    private int changed;
    private int gone;
    private byte[] changes;

    protected MasterFileChangeRow() {}

    MasterFileChangeRow(MasterFile file, Instant made, String reason, List<HostChange> changes) {
        this.version = file.version();
        this.madeSeconds = made.getEpochSecond();
        this.reason = reason;
        this.hosts = file.lines().size();
        this.added = Comparison.count(changes, Change.ADDED);
        this.changed = Comparison.count(changes, Change.CHANGED);
        this.gone = Comparison.count(changes, Change.GONE);
        this.changes = Packed.pack(JSON.toJson(changes.toArray(HostChange[]::new)));
    }

    MasterFileVersion version() {
        return new MasterFileVersion(version, madeSeconds, reason, hosts, added, changed, gone);
    }

    /** @param after number of the last host seen, 0 to begin */
    MasterFileChanges changes(long after, int limit) {
        try {
            return new MasterFileChanges(
                    version(),
                    Arrays.stream(JSON.fromJson(Packed.unpack(changes), HostChange[].class))
                            .filter(each -> each.host() > after)
                            .limit(limit)
                            .toList());
        } catch (IOException e) {
            throw new IllegalStateException("the changes of version " + version + " are damaged", e);
        }
    }
}
