package org.cranny.protocol.grant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;

/**
 * The right to one act on one source's fragments at one daemon, for somebody who is not that source. Signed by the
 * realm's grant key (Ed25519), checked by the daemon without asking anyone, never valid for more than
 * {@link #LONGEST}.
 *
 * @param act what may be done, and nothing else
 * @param daemon at which
 * @param holder SHA-256 of the public key of whoever may use it, 32 octets
 * @param source whose fragments
 * @param issued second from which it is valid
 * @param expires second from which it is not
 * @param bytes how many octets may be moved under it in all
 * @param serial drawn at random, {@link #SERIAL_OCTETS} octets: tells grants apart
 * @param fragments which ones, at most {@link #MOST_FRAGMENTS}; none means any of the source's
 */
public record Grant(
        Act act,
        SystemId daemon,
        byte[] holder,
        SystemId source,
        Instant issued,
        Instant expires,
        long bytes,
        byte[] serial,
        List<FragmentId> fragments) {
    /** No grant is good for longer, whatever it says. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    public static final int SERIAL_OCTETS = 16;
    public static final int MOST_FRAGMENTS = 1_000;

    private static final byte[] MAGIC = "CRNYGR\0\1".getBytes(StandardCharsets.ISO_8859_1);

    public Grant {
        if (holder.length != 32 || serial.length != SERIAL_OCTETS || bytes < 0 || fragments.size() > MOST_FRAGMENTS) {
            throw new IllegalArgumentException("a grant has a holder of 32 octets, a serial of " + SERIAL_OCTETS
                    + " and at most " + MOST_FRAGMENTS + " fragments");
        }
        fragments = List.copyOf(fragments);
    }

    public Signed sign(PrivateKey grantKey) {
        OctetWriter out = new OctetWriter().raw(MAGIC).u8(act.code());
        daemon.write(out);
        out.raw(holder);
        source.write(out);
        out.u64(issued.getEpochSecond())
                .u64(expires.getEpochSecond())
                .u64(bytes)
                .raw(serial);
        out.varint(fragments.size());
        fragments.forEach(fragment -> out.raw(fragment.bytes()));
        return Signed.sign(out.toByteArray(), Algorithm.ED25519, grantKey);
    }

    /** Reads a grant that the realm really signed; whether it is good for this very request is {@link #allows}. */
    public static Grant open(Signed signed, PublicKey grantKey) throws MalformedException {
        OctetReader in = new OctetReader(signed.open(Algorithm.ED25519, grantKey)).expect(MAGIC);
        try {
            Grant grant = new Grant(
                    Act.of(in.u8()),
                    SystemId.read(in),
                    in.raw(32),
                    SystemId.read(in),
                    in.time(),
                    in.time(),
                    in.u64(),
                    in.raw(SERIAL_OCTETS),
                    readFragments(in));
            in.end();
            return grant;
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    private static List<FragmentId> readFragments(OctetReader in) throws MalformedException {
        List<FragmentId> fragments = new ArrayList<>();
        for (int left = in.count(FragmentId.OCTETS); left > 0; left--) {
            fragments.add(FragmentId.read(in));
        }
        return fragments;
    }

    /** Whether whoever holds this key may do this here and now. */
    public boolean allows(Act wanted, SystemId here, byte[] keyFingerprint, Instant now) {
        return act == wanted
                && daemon.equals(here)
                && MessageDigest.isEqual(holder, keyFingerprint)
                && !now.isBefore(issued)
                && now.isBefore(expires)
                && !expires.isAfter(issued.plus(LONGEST));
    }

    /** Whether it reaches this fragment of its source. */
    public boolean covers(FragmentId fragment) {
        return fragments.isEmpty() || fragments.contains(fragment);
    }

    /** The serial as text, hex. */
    public String number() {
        return HexFormat.of().formatHex(serial);
    }

    @Override
    public String toString() {
        return "Grant[" + act + " of " + source + " at " + daemon + " until " + expires + ", " + number() + "]";
    }
}
