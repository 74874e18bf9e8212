package org.cranny.engine.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.keys.TestKeys;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.MalformedPackException;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.Section;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
    private final ChunkIds ids = ChunkIds.of(TestKeys.ring());
    private final PackCipher cipher = PackCipher.sealing(TestKeys.ring(), PackClass.DATA, new SecureRandom());
    private final SegmentOpener opener = new SegmentOpener();

    @AfterEach
    void close() {
        opener.close();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void everyCodecGivesBackWhatItTook(Codec codec) throws Exception {
        int number = 0;
        for (int length : new int[] {1, 2, 100, 16_384, codec == Codec.XZ ? 300_000 : 4 << 20}) {
            byte[] octets = text(length);
            try (SegmentSealer sealer = new SegmentSealer(usual(codec));
                    SealedSegment sealed = sealer.seal(cipher, number, raw(octets))) {
                SegmentRef ref = sealed.at(96);
                byte[] back = new byte[length];
                opener.open(cipher, ref, sealed.octets(), 0, back);
                assertArrayEquals(octets, back);
                assertEquals(length > 1000 ? codec : ref.codec(), ref.codec());
                number++;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"NONE", "ZSTD"})
    void whatChangesWhileItIsSealedIsNotSealed(Codec codec) throws Exception {
        AtomicBoolean sealed = new AtomicBoolean();
        int refused = 0;
        try (SegmentSealer sealer = new SegmentSealer(usual(codec))) {
            for (int number = 0; number < 200 && refused == 0; number++) {
                SegmentBuilder.Raw raw = raw(text(1 << 20));
                sealed.set(false);
                Thread rot = new Thread(() -> {
                    while (!sealed.get()) {
                        raw.octets()[0] ^= 1;
                    }
                });
                rot.start();
                try (SealedSegment ignored = sealer.seal(cipher, number, raw)) {
                    assertTrue(ignored.length() > 0);
                } catch (UnreadableSegmentException e) {
                    refused++;
                } finally {
                    sealed.set(true);
                    rot.join();
                }
            }
        }
        assertEquals(1, refused);
    }

    @Test
    void storesWhatDoesNotShrinkAsItIs() throws Exception {
        for (Codec codec : Codec.values()) {
            byte[] noise = new byte[500_000];
            new Random(4).nextBytes(noise);
            try (SegmentSealer sealer = new SegmentSealer(usual(codec));
                    SealedSegment sealed = sealer.seal(cipher, codec.code(), raw(noise))) {
                assertEquals(Codec.NONE, sealed.at(96).codec());
                assertEquals(Frames.sealedLength(noise.length), sealed.length());
            }
        }
    }

    @Test
    void manyThreadsShareOneSealer() throws Exception {
        byte[] octets = text(200_000);
        try (SegmentSealer sealer = new SegmentSealer(Compression.USUAL)) {
            assertTrue(IntStream.range(0, 200).parallel().allMatch(number -> {
                try (SegmentBuilder.Raw raw = raw(octets);
                        SealedSegment sealed = sealer.seal(cipher, number, raw)) {
                    byte[] back = new byte[octets.length];
                    opener.open(cipher, sealed.at(96), sealed.octets(), 0, back);
                    return Arrays.equals(octets, back);
                } catch (UnreadableSegmentException | PackException e) {
                    throw new AssertionError(e);
                }
            }));
        }
    }

    @Test
    void collectsSmallChunksAndKeepsBigOnesApart() {
        SegmentBuilder builder = new SegmentBuilder();
        byte[] chunk = text(SegmentBuilder.TARGET * 2 / 5);
        assertEquals(0, builder.add(ids.of(chunk), chunk, 0, chunk.length));
        assertEquals(chunk.length, builder.add(ids.of(chunk), chunk, 0, chunk.length));
        assertFalse(builder.fits(chunk.length));
        assertThrows(IllegalStateException.class, () -> builder.add(ids.of(chunk), chunk, 0, chunk.length));
        SegmentBuilder.Raw first = builder.take();
        assertEquals(2 * chunk.length, first.length());
        assertEquals(2, first.chunks().size());
        byte[] big = text(3 << 20);
        assertTrue(builder.fits(big.length));
        builder.add(ids.of(big), big, 0, big.length);
        assertFalse(builder.fits(1));
    }

    @Test
    void takesSoManyChunksAndNoMore() {
        SegmentBuilder builder = new SegmentBuilder();
        byte[] chunk = {1};
        for (int count = 0; count < SegmentBuilder.MAX_CHUNKS; count++) {
            assertTrue(builder.fits(1));
            builder.add(ids.of(chunk), chunk, 0, 1);
        }
        assertFalse(builder.fits(1));
    }

    @Test
    void refusesEmptyChunksAndEmptySegments() {
        SegmentBuilder builder = new SegmentBuilder();
        assertThrows(IllegalArgumentException.class, () -> builder.add(ids.of(new byte[0]), new byte[0], 0, 0));
        assertThrows(IllegalStateException.class, builder::take);
    }

    @Test
    void usesItsMemoryAgain() {
        SegmentBuilder builder = new SegmentBuilder();
        byte[] chunk = text(10);
        builder.add(ids.of(chunk), chunk, 0, 10);
        SegmentBuilder.Raw first = builder.take();
        byte[] memory = first.octets();
        first.close();
        assertThrows(IllegalStateException.class, first::octets);
        builder.add(ids.of(chunk), chunk, 0, 10);
        assertEquals(memory, builder.take().octets());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 1 << 20})
    void refusesBombsOfEveryCodec(int declared) throws Exception {
        byte[] zeros = new byte[20 << 20];
        byte[] zstd = Zstd.compress(zeros);
        int number = 0;
        for (var bomb : new Object[][] {{Codec.ZSTD, zstd}, {Codec.LZ4, lz4(zeros)}, {Codec.XZ, xz(zeros)}}) {
            Codec codec = (Codec) bomb[0];
            byte[] stored = (byte[]) bomb[1];
            SegmentRef honest = new SegmentRef(number++, 96, stored.length, SegmentBuilder.MAX_RAW, codec);
            byte[] sealed = sealed(honest, stored);
            assertThrows(
                    MalformedPackException.class,
                    () -> opener.open(cipher, honest, sealed, 0, new byte[SegmentBuilder.MAX_RAW]));
            if (stored.length < declared) {
                SegmentRef lying = new SegmentRef(honest.number(), 96, stored.length, declared, codec);
                assertThrows(
                        MalformedPackException.class, () -> opener.open(cipher, lying, sealed, 0, new byte[declared]));
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new SegmentRef(0, 96, zstd.length, SegmentBuilder.MAX_RAW + 1, Codec.ZSTD));
    }

    @Test
    void refusesSegmentsThatExpandToLess() throws Exception {
        byte[] stored = Zstd.compress(text(1000));
        SegmentRef ref = new SegmentRef(0, 96, stored.length, 1001, Codec.ZSTD);
        byte[] sealed = sealed(ref, stored);
        assertThrows(MalformedPackException.class, () -> opener.open(cipher, ref, sealed, 0, new byte[1001]));
    }

    @Test
    void refusesNoiseOfEveryCodec() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            Codec codec = new Codec[] {Codec.ZSTD, Codec.LZ4, Codec.XZ}[round % 3];
            byte[] stored = codec == Codec.ZSTD ? Zstd.compress(text(2000)) : garbleable(codec);
            stored[random.nextInt(stored.length)] ^= (byte) (1 + random.nextInt(255));
            SegmentRef ref = new SegmentRef(round, 96, stored.length, 2000, codec);
            byte[] sealed = sealed(ref, stored);
            byte[] out = new byte[2000];
            try {
                opener.open(cipher, ref, sealed, 0, out);
            } catch (PackException refused) {
                assertNotEquals("", refused.getMessage());
            }
        }
    }

    @Test
    void refusesLevelsThatACodecDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> new Compression(Codec.ZSTD, 0));
        assertThrows(IllegalArgumentException.class, () -> new Compression(Codec.ZSTD, 20));
        assertThrows(IllegalArgumentException.class, () -> new Compression(Codec.XZ, 10));
        assertThrows(IllegalArgumentException.class, () -> new Compression(Codec.NONE, 1));
    }

    private byte[] garbleable(Codec codec) {
        try {
            return codec == Codec.LZ4 ? lz4(text(2000)) : xz(text(2000));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private byte[] sealed(SegmentRef ref, byte[] stored) {
        byte[] sealed = new byte[ref.sealedLength()];
        cipher.seal(Section.segment(ref.number()), stored, 0, stored.length, sealed, 0);
        return sealed;
    }

    private SegmentBuilder.Raw raw(byte[] octets) {
        SegmentBuilder builder = new SegmentBuilder();
        builder.add(ids.of(octets), octets, 0, octets.length);
        return builder.take();
    }

    private static byte[] lz4(byte[] octets) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream lz4 = new LZ4FrameOutputStream(out)) {
            lz4.write(octets);
        }
        return out.toByteArray();
    }

    private static byte[] xz(byte[] octets) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream xz = new XZCompressorOutputStream(out, 1)) {
            xz.write(octets);
        }
        return out.toByteArray();
    }

    private static Compression usual(Codec codec) {
        return switch (codec) {
            case NONE -> Compression.NONE;
            case ZSTD -> Compression.USUAL;
            case LZ4 -> Compression.LZ4;
            case XZ -> Compression.XZ;
        };
    }

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder(length + 20);
        Random random = new Random(length);
        while (text.length() < length) {
            text.append("word").append(random.nextInt(5000)).append(' ');
        }
        return text.substring(0, length).getBytes(UTF_8);
    }
}
