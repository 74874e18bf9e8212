package org.cranny.central.masterfile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.time.Instant;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;

/** One version; added once, dropped when many newer ones are kept. */
@Entity
@Table(name = "master_file")
class MasterFileRow {
    @Id
    private long version;

    @Column(name = "made_seconds")
    private long madeSeconds;

    private String reason;
    private byte[] octets;

    protected MasterFileRow() {}

    MasterFileRow(MasterFile file, Instant made, String reason) {
        this.version = file.version();
        this.madeSeconds = made.getEpochSecond();
        this.reason = reason;
        this.octets = Packed.pack(file.text());
    }

    MasterFile file() {
        try {
            return MasterFile.parse(Packed.unpack(octets));
        } catch (IOException | MalformedException e) {
            throw new IllegalStateException("version " + version + " of the master file is damaged", e);
        }
    }
}
