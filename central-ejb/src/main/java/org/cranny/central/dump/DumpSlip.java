package org.cranny.central.dump;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * Says of which pieces, in which order, a dump consists. Signed with the realm's catalogue key: a host cannot pass
 * something else off as a dump of central. {@code docs/format/dump.md} explains every octet.
 *
 * @param made second of the dump
 */
record DumpSlip(SystemId central, Instant made, List<Piece> pieces) {
    /** The largest signed slip: 40,000 pieces. */
    static final int LARGEST = 2 << 20;

    private static final byte[] MAGIC = "CRNYDL\0\1".getBytes(StandardCharsets.ISO_8859_1);

    record Piece(FragmentId fragment, long length) {}

    /** What is signed. */
    byte[] payload() {
        OctetWriter out = new OctetWriter().raw(MAGIC);
        central.write(out);
        out.u64(made.getEpochSecond()).u32(pieces.size());
        pieces.forEach(piece -> out.raw(piece.fragment().bytes()).u64(piece.length()));
        return out.toByteArray();
    }

    /** Whether these may be the octets of a slip; proves nothing. */
    static boolean looksLike(byte[] signed) {
        try {
            new OctetReader(Signed.parse(signed).payload()).expect(MAGIC);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    /** @param key the realm's catalogue key @throws MalformedException when it is forged or damaged */
    static DumpSlip open(byte[] signed, PublicKey key) throws MalformedException {
        OctetReader in = new OctetReader(Signed.parse(signed).open(Algorithm.ED25519, key)).expect(MAGIC);
        SystemId central = SystemId.read(in);
        Instant made = in.time();
        long count = in.u32();
        List<Piece> pieces = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            Piece piece = new Piece(FragmentId.read(in), in.u64());
            if (piece.length() < 1 || piece.length() > DumpPieces.PIECE) {
                throw new MalformedException("a piece of " + piece.length() + " octets");
            }
            pieces.add(piece);
        }
        in.end();
        return new DumpSlip(central, made, List.copyOf(pieces));
    }

    long octets() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    /** The dump's file. */
    String name() {
        return Dumps.name(made);
    }
}
