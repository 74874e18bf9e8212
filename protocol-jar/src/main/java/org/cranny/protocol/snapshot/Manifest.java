package org.cranny.protocol.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
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
 * The document that makes a snapshot. Signed by the source (ECDSA P-256); its hash is the snapshot's id.
 * The pack set of a snapshot is its predecessor's, less {@code removed}, plus {@code added}.
 * Layout: {@code docs/format/manifest.md}.
 *
 * @param version 1 for a source's first snapshot, then one more each time
 * @param epoch the lease under which it was made, 0 when central was not reachable
 * @param previous hash of the manifest before, 32 zero octets in the first
 * @param started when the backup began, by the source's clock
 * @param ended when the backup ended, by the source's clock
 * @param root chunk id of the root directory's node, 32 octets
 * @param files regular files in the snapshot
 * @param bytes sum of their sizes
 * @param storedBytes octets of the packs this backup added, one copy
 * @param label sealed with the label key: paths, host name, tags; only the source and the escrow read it
 */
public record Manifest(
        SystemId source,
        long version,
        long epoch,
        byte[] previous,
        Instant started,
        Instant ended,
        byte[] root,
        long files,
        long bytes,
        long storedBytes,
        List<PackEntry> added,
        List<FragmentId> removed,
        byte[] label) {
    private static final byte[] MAGIC = "CRNYMF\0\1".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SMALLEST_PACK_ENTRY = FragmentId.OCTETS + 4;

    public Manifest {
        if (version < 1 || previous.length != 32 || root.length != 32) {
            throw new IllegalArgumentException("a manifest has a version from 1 and hashes of 32 octets");
        }
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    public Signed sign(PrivateKey sourceKey) {
        OctetWriter out = new OctetWriter(256 + added.size() * 40).raw(MAGIC);
        source.write(out);
        out.u64(version).u64(epoch).raw(previous);
        out.u64(started.toEpochMilli()).u64(ended.toEpochMilli());
        out.raw(root).varint(files).varint(bytes).varint(storedBytes);
        out.varint(added.size());
        added.forEach(entry -> entry.write(out));
        out.varint(removed.size());
        removed.forEach(pack -> out.raw(pack.bytes()));
        return Signed.sign(out.bytes(label).toByteArray(), Algorithm.ECDSA_P256, sourceKey);
    }

    public static Manifest open(Signed signed, PublicKey sourceKey) throws MalformedException {
        signed.open(Algorithm.ECDSA_P256, sourceKey);
        return ofBelieved(signed);
    }

    /** As {@link #open}, of octets whose signature the caller has found right before; it is not looked at. */
    public static Manifest ofBelieved(Signed signed) throws MalformedException {
        OctetReader in = new OctetReader(signed.payload()).expect(MAGIC);
        Manifest manifest = read(in);
        in.end();
        return manifest;
    }

    /** The snapshot's id: SHA-256 of the signed payload, 32 octets. */
    public static byte[] hash(Signed signed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(signed.payload());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Manifest read(OctetReader in) throws MalformedException {
        SystemId source = SystemId.read(in);
        long version = in.u64();
        if (version < 1) {
            throw new MalformedException("a version is not positive");
        }
        return new Manifest(
                source,
                version,
                in.u64(),
                in.raw(32),
                Instant.ofEpochMilli(in.u64()),
                Instant.ofEpochMilli(in.u64()),
                in.raw(32),
                in.varint(),
                in.varint(),
                in.varint(),
                readAdded(in),
                readRemoved(in),
                in.bytes());
    }

    private static List<PackEntry> readAdded(OctetReader in) throws MalformedException {
        int count = in.count(SMALLEST_PACK_ENTRY);
        List<PackEntry> added = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            added.add(PackEntry.read(in));
        }
        return added;
    }

    private static List<FragmentId> readRemoved(OctetReader in) throws MalformedException {
        int count = in.count(FragmentId.OCTETS);
        List<FragmentId> removed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            removed.add(FragmentId.read(in));
        }
        return removed;
    }
}
