package org.cranny.central;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Capacity;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.LendingTerms;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.Placement;

/** A machine of the realm as central sees it: a key, requests, reports, receipts, manifests. */
final class TestMachine {
    static final int LENGTH = 131_072;
    static final long GIB = 1L << 30;

    final KeyPair keys;
    final String name;
    SystemId id;

    TestMachine(String name) {
        this(name, newKeys("EC"));
    }

    TestMachine(String name, KeyPair keys) {
        this.name = name;
        this.keys = keys;
    }

    static KeyPair newKeys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String csr() {
        return csr("SHA256withECDSA");
    }

    String csr(String algorithm) {
        try {
            PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("CN=anything"), keys.getPublic())
                    .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()));
            return pem(request.getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(byte[] csr) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(csr)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    EnrollmentRequest enrollment(String token, String... roles) {
        return new EnrollmentRequest(token, name, List.of(roles), csr(), "https://10.0.0.1:9443", null);
    }

    EnrollmentRequest enrollmentIn(String token, String domain, String... roles) {
        return new EnrollmentRequest(token, name, List.of(roles), csr(), "https://10.0.0.1:9443", domain);
    }

    TestMachine joined(Central central, EnrollmentRequest request) {
        id = new SystemId(
                central.authority.realm(), central.enrollments.enroll(request).system());
        return this;
    }

    Heartbeat heartbeat(long availableBytes, Seen... seen) {
        return heartbeat(1, availableBytes, seen);
    }

    Heartbeat heartbeat(long boots, long availableBytes, Seen... seen) {
        return heartbeat(boots, new Capacity(100 * GIB, 50 * GIB, 60 * GIB, 0, availableBytes, 0), seen);
    }

    /** It keeps so much, and its owner lends so much. */
    Heartbeat full(long keptBytes, long lentBytes) {
        return heartbeat(
                1, new Capacity(100 * GIB, 50 * GIB, lentBytes, keptBytes, Math.max(0, lentBytes - keptBytes), 1));
    }

    /** As {@link #full}, from a daemon that follows limits. */
    Heartbeat lending(long keptBytes, long lentBytes, LendingTerms terms) {
        Heartbeat full = full(keptBytes, lentBytes);
        return new Heartbeat(
                full.boots(),
                full.version(),
                full.address(),
                full.capacity(),
                full.lastReceipt(),
                full.counters(),
                full.seen(),
                terms,
                null,
                null);
    }

    private static Heartbeat heartbeat(long boots, Capacity capacity, Seen... seen) {
        return new Heartbeat(
                boots, "0.1.0", null, capacity, null, Map.of("putRequests", 1L), List.of(seen), null, null, null);
    }

    static FragmentId pack(String content) {
        return FragmentHasher.of(content.getBytes(StandardCharsets.UTF_8));
    }

    Held receipt(SystemId source, FragmentId pack, long length, Instant time) {
        return new Held(
                0,
                new Receipt(id, source, pack, length, time)
                        .sign(keys.getPrivate())
                        .text());
    }

    /** This source's pack, held by these hosts. */
    Placement placement(FragmentId pack, Instant time, TestMachine... hosts) {
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            held.add(new Held(i, hosts[i].receipt(id, pack, LENGTH, time).receipt()));
        }
        return new Placement(pack.toString(), "DATA", LENGTH, 1, 3, held);
    }

    static PackEntry entry(FragmentId pack) {
        return new PackEntry(pack, PackClass.DATA, LENGTH, Redundancy.copies(3));
    }

    Signed manifest(long version, long epoch, String previous, List<FragmentId> added, List<FragmentId> removed) {
        return manifest(version, epoch, previous, added, removed, 1_000);
    }

    /** @param bytes of its files */
    Signed manifest(
            long version, long epoch, String previous, List<FragmentId> added, List<FragmentId> removed, long bytes) {
        return new Manifest(
                        id,
                        version,
                        epoch,
                        previous == null ? new byte[32] : HexFormat.of().parseHex(previous),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        new byte[32],
                        3,
                        bytes,
                        (long) LENGTH * added.size(),
                        added.stream().map(TestMachine::entry).toList(),
                        removed,
                        new byte[] {1, 2, 3})
                .sign(keys.getPrivate());
    }
}
