package org.cranny.central.masterfile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
        this.reason = reason.length() > 200 ? reason.substring(0, 200) : reason;
        this.octets = pack(file.text());
    }

    MasterFile file() {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            return MasterFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | MalformedException e) {
            throw new IllegalStateException("version " + version + " of the master file is damaged", e);
        }
    }

    private static byte[] pack(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }
}
