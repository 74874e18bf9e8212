package org.cranny.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.engine.keys.TestKeys;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.snapshot.Signpost;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.release.Release;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.signing.Signed.Algorithm;
import org.cranny.protocol.snapshot.Manifest;
import org.junit.jupiter.api.Test;

/**
 * Octets that a stranger changed: readers give something, or the exception that they promise. What a signature covers
 * is signed again after the change, because whoever may sign may mean harm.
 */
class ReadersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");
    private static final int ROUNDS = Boolean.getBoolean("cranny.long") ? 200_000 : 4_000;
    private static final long SEED = Long.getLong("cranny.readers.seed", 1);
    private static final byte[][] EDGES = {
        {0},
        {1},
        {-1},
        {127},
        {-128},
        {0, 0, 0, 0},
        {-1, -1, -1, -1},
        {127, -1, -1, -1, -1, -1, -1, -1},
        {-128, 0, 0, 0, 0, 0, 0, 0},
        {-1, -1, -1, -1, -1, -1, -1, -1},
        {-1, -1, -1, -1, -1, -1, -1, -1, 127}
    };

    private interface Reading {
        void read(byte[] octets) throws Exception;
    }

    private record Reader(byte[] seed, int share, Reading reading) {}

    @Test
    void anyChangedOctetsAreReadOrRefusedAsPromised() throws Exception {
        Map<String, Reader> readers = readers();
        List<String> broken = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        readers.forEach((name, reader) -> {
            Random random = new Random(SEED);
            int taken = 0;
            int rounds = ROUNDS / reader.share();
            for (int round = 0; round < rounds && broken.size() < 20; round++) {
                byte[] octets = round == 0 ? reader.seed() : changed(reader.seed(), random);
                try {
                    reader.reading().read(octets);
                    taken++;
                } catch (MalformedException | PackException | KeysUnreadableException promised) {
                    // Refused as its page says.
                } catch (Exception | OutOfMemoryError | StackOverflowError other) {
                    broken.add(name + ", seed " + SEED + ", round " + round + ": " + other);
                }
            }
            counts.add(name + " " + rounds + " (" + taken + " read)");
        });
        System.out.println("changed octets: " + String.join(", ", counts));
        assertEquals(List.of(), broken);
    }

    private static Map<String, Reader> readers() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(256);
        KeyPair machine = curve.generateKeyPair();
        Map<String, Reader> all = new LinkedHashMap<>();
        Signed manifest =
                Signed.parse(Files.readAllLines(GOLDEN.resolve("manifests/1")).get(0));
        all.put("signed", new Reader(manifest.bytes(), 1, Signed::parse));
        all.put(
                "manifest",
                new Reader(
                        manifest.payload(),
                        8,
                        octets -> Manifest.open(
                                Signed.sign(octets, Algorithm.ECDSA_P256, machine.getPrivate()), machine.getPublic())));
        Instant now = Instant.ofEpochSecond(1_790_000_000);
        Signed receipt = new Receipt(TestKeys.OTHER, TestKeys.SOURCE, FragmentHasher.of(new byte[3]), 3, now)
                .sign(machine.getPrivate());
        all.put(
                "receipt",
                new Reader(
                        receipt.payload(),
                        8,
                        octets -> Receipt.open(
                                Signed.sign(octets, Algorithm.ECDSA_P256, machine.getPrivate()), machine.getPublic())));
        Signed allotment = new Allotment(TestKeys.SOURCE, new byte[32], now, now.plusSeconds(60), 1000, 100)
                .sign(keys.getPrivate());
        all.put(
                "allotment",
                new Reader(
                        allotment.payload(),
                        8,
                        octets -> Allotment.open(
                                Signed.sign(octets, Algorithm.ED25519, keys.getPrivate()), keys.getPublic())));
        String release = "cranny release 1\nprogram cranny\nversion 1.2.3\narch amd64\nbytes 1234567890\nsha256 "
                + "a".repeat(64) + "\nsignature " + "A".repeat(86) + "\n";
        all.put("release", new Reader(ascii(release), 1, octets -> Release.parse(latin(octets))));
        String list = "{\"format\":1,\"realm\":\"0123456789abcdef\",\"version\":7}\n{\"id\":2,\"name\":\"b\"}\n"
                + "signature " + "A".repeat(86) + "\n";
        all.put("master file", new Reader(ascii(list), 1, octets -> MasterFile.parse(latin(octets))));
        all.put("key ring", new Reader(TestKeys.ring().encode(), 1, KeyRing::decode));
        Secret key = Secret.of(new byte[32]);
        byte[] share = KeyShare.split(key, 2, 3, new SecureRandom()).get(0).encode();
        all.put("share", new Reader(share, 1, KeyShare::decode));
        byte[] head = Arrays.copyOf(anyFragment(), PackHeader.LENGTH);
        all.put("pack header", new Reader(head, 1, PackHeader::parse));
        all.put("index entry", new Reader(anyEntry(), 1, IndexEntry::decode));
        all.put("signpost", new Reader(new byte[200], 1, Signpost.Head::read));
        return all;
    }

    private static byte[] anyFragment() throws Exception {
        try (var all = Files.list(GOLDEN.resolve("fragments"))) {
            return Files.readAllBytes(all.sorted().findFirst().orElseThrow());
        }
    }

    private static byte[] anyEntry() {
        byte[] octets = new byte[120];
        octets[35] = 1;
        return octets;
    }

    /** Some of: a bit flipped, an octet set, cut off, an edge case put in, a piece said twice or left out. */
    private static byte[] changed(byte[] seed, Random random) {
        byte[] octets = seed.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && octets.length > 0; times--) {
            int at = random.nextInt(octets.length);
            byte[] edge = EDGES[random.nextInt(EDGES.length)];
            switch (random.nextInt(6)) {
                case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> octets[at] = (byte) random.nextInt();
                case 2 -> octets = random.nextInt(4) == 0 ? Arrays.copyOf(octets, at) : octets;
                case 3 -> System.arraycopy(edge, 0, octets, at, Math.min(edge.length, octets.length - at));
                case 4 -> octets = spliced(octets, at, Arrays.copyOfRange(octets, at / 2, at), at);
                default -> octets = spliced(octets, at, edge, Math.min(octets.length, at + random.nextInt(9)));
            }
        }
        return octets;
    }

    private static byte[] spliced(byte[] octets, int at, byte[] piece, int from) {
        byte[] all = Arrays.copyOf(octets, at + piece.length + octets.length - from);
        System.arraycopy(piece, 0, all, at, piece.length);
        System.arraycopy(octets, from, all, at + piece.length, octets.length - from);
        return all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
