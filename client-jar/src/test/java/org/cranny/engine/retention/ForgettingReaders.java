package org.cranny.engine.retention;

import java.io.IOException;
import java.util.List;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** What a source without central has begun to forget. */
public final class ForgettingReaders {
    private ForgettingReaders() {}

    public static List<Reader> all() {
        String seed = "snapshot 3 1790000000\npack " + "ab".repeat(32) + " 131072 1790000000 2:1790000000 3:0\n";
        return List.of(Reader.of("forgetting", IOException.class, Texts.seeds(seed, ""), octets -> {
            Scratch folder = Scratch.folder("forgetting");
            folder.write("forgetting", octets);
            Ledger ledger = Ledger.open(folder.path());
            ledger.leaving().forEach((pack, leaving) -> leaving.hosts());
        }));
    }
}
