package org.cranny.engine.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.readers.AnySignature;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.signing.Signed;
import org.cranny.readers.Golden;

/** What leads to snapshots. */
public final class SnapshotReaders {
    private static final KeyRing RING = KeyRing.create(Golden.SOURCE, new SecureRandom());
    private static final int SALT = 32;

    private SnapshotReaders() {}

    public static List<Reader> all() throws Exception {
        Label label = new Label(List.of(Texts.octets("/home"), new byte[] {-1}), "ws-01", List.of("a", "b"), "all");
        Signed manifest = Signed.parse(Golden.manifests().get(0));
        byte[] plain = new OctetWriter()
                .bytes(manifest.bytes())
                .bytes(Texts.octets("{}\n"))
                .toByteArray();
        byte[] sealed = new Signpost(manifest, "{}\n").seal(RING, Golden.SOURCE, 7, new SecureRandom());
        return List.of(
                Reader.of("label", MalformedException.class, List.of(label.encode()), Label::decode),
                Reader.of("signpost", MalformedException.class, List.of(plain, sealed), SnapshotReaders::signpost),
                Reader.of("manifest-files", IOException.class, manifestSeeds(manifest), SnapshotReaders::files));
    }

    /** Both as it lies on a host, and as what is in it. */
    private static void signpost(byte[] octets) throws MalformedException, GeneralSecurityException {
        Signpost.Head.read(octets);
        try {
            Signpost.open(octets, RING, Golden.SOURCE);
        } catch (MalformedException asItIs) {
            Signpost.open(sealed(octets), RING, Golden.SOURCE);
        }
    }

    private static byte[] sealed(byte[] plain) throws GeneralSecurityException {
        OctetWriter head = new OctetWriter().raw("CRNYSP\0\1".getBytes(StandardCharsets.ISO_8859_1));
        Golden.SOURCE.write(head);
        byte[] salt = new byte[SALT];
        byte[] bound = head.u64(7).u32(RING.generation()).raw(salt).toByteArray();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(RING.labelKey(RING.generation(), 7).orElseThrow());
        mac.update(Texts.octets("signpost"));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(mac.doFinal(salt), "AES"),
                new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(bound);
        byte[] sealed = cipher.doFinal(plain);
        return ByteBuffer.allocate(bound.length + sealed.length)
                .put(bound)
                .put(sealed)
                .array();
    }

    /** The first octet chooses: the file of forgotten versions, a manifest, its countersignature. */
    private static void files(byte[] octets) throws IOException, MalformedException {
        Scratch folder = Scratch.folder("snapshots");
        String name =
                switch (octets.length == 0 ? 0 : octets[0]) {
                    case 'f' -> "forgotten";
                    case 'm' -> "0000000001.manifest";
                    default -> "0000000001.committed";
                };
        folder.clear();
        folder.write("0000000001.manifest", Golden.manifests().get(0));
        folder.write(name, octets.length == 0 ? octets : java.util.Arrays.copyOfRange(octets, 1, octets.length));
        Snapshots snapshots = new Snapshots(folder.path(), AnySignature.KEY);
        snapshots.kept();
        snapshots.history();
    }

    private static List<byte[]> manifestSeeds(Signed manifest) {
        return List.of(
                Texts.octets("f1-3\n7-9\n"),
                new OctetWriter().u8('m').raw(manifest.bytes()).toByteArray(),
                new OctetWriter().u8('c').raw(manifest.bytes()).toByteArray());
    }
}
