package org.cranny.engine.archive;

import java.util.HexFormat;
import java.util.List;
import org.cranny.protocol.readers.Reader;

/** Access control lists of files, on their way into an archive. */
public final class AclReaders {
    private AclReaders() {}

    public static List<Reader> all() {
        byte[] seed =
                HexFormat.of().parseHex("02000000" + "01000700ffffffff" + "02000600e8030000" + "20000400ffffffff");
        return List.of(new Reader("acl", List.of(), List.of(seed), AclText::of));
    }
}
