package org.cranny.central.dump;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cranny.protocol.fragment.FragmentId;

/** A piece of a dump on one host: kept, then in the host's trash, then gone with its row. */
@Entity
@Table(name = "dump_piece")
class DumpPieceRow {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "dump_piece_seq")
    @SequenceGenerator(name = "dump_piece_seq", sequenceName = "dump_piece_seq", allocationSize = 50)
    private Long id;

    private String dump;
    private String fragment;
    private long host;
    private long length;

    @Column(name = "trashed_millis")
    private Long trashedMillis;

    /** 1 for the slip. */
    private int slip;

    protected DumpPieceRow() {}

    DumpPieceRow(String dump, FragmentId fragment, long host, long length) {
        this.dump = dump;
        this.fragment = fragment.toString();
        this.host = host;
        this.length = length;
    }

    DumpPieceRow asSlip() {
        slip = 1;
        return this;
    }

    void trashed(Instant now) {
        trashedMillis = now.toEpochMilli();
    }

    boolean kept() {
        return trashedMillis == null;
    }

    String dump() {
        return dump;
    }

    long id() {
        return id;
    }

    String fragment() {
        return fragment;
    }

    long host() {
        return host;
    }

    long length() {
        return length;
    }
}
