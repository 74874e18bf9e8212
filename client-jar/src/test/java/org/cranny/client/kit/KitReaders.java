package org.cranny.client.kit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;
import org.cranny.readers.Sealed;

/** Recovery kits. */
public final class KitReaders {
    private static final Path KIT = Path.of("src/test/resources/kit/version-1.kit");
    private static final String MAGIC = "CRNYKT\0\1";
    private static final byte[] HEAD = new KitHead(KitHead.FIRST + "\n" + KitHead.END + "\n").octets();

    private KitReaders() {}

    public static List<Reader> all() throws IOException {
        return List.of(
                Reader.of("kit-head", IOException.class, List.of(HEAD, Files.readAllBytes(KIT)), octets -> {
                    Path file = Scratch.folder("kit").write("head", octets);
                    Kit.instructions(file);
                }),
                Reader.of("kit", IOException.class, List.of(plain()), octets -> {
                    byte[] kit = Texts.join(HEAD, Sealed.withPassphrase(MAGIC, HEAD, octets));
                    Kit.look(Scratch.folder("kit").write("kit", kit), Sealed.PASSPHRASE);
                }));
    }

    private static byte[] plain() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        for (String name : List.of("snapshots/0000000001.manifest", "keys.ring", KitFiles.LAST)) {
            out.writeUTF(name);
            out.writeLong(3);
            out.write(new byte[3]);
        }
        out.writeUTF("");
        return octets.toByteArray();
    }
}
