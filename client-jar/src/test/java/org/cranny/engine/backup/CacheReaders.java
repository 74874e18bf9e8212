package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;

/** What a source remembers of the folders that it saw. */
public final class CacheReaders {
    private static final byte[] PATH = {'/', 'a'};

    private CacheReaders() {}

    public static List<Reader> all() throws IOException {
        Path file = Scratch.folder("stat-cache").path().resolve("seed");
        try (StatCache.Writer writer = new StatCache.Writer(file)) {
            writer.add(PATH, ChunkId.of(new byte[ChunkId.LENGTH]), new long[] {1, 2, 3});
            writer.add(new byte[] {'/'}, ChunkId.of(new byte[ChunkId.LENGTH]), new long[] {7});
            writer.replace();
        }
        return List.of(Reader.of("stat-cache", IOException.class, List.of(Files.readAllBytes(file)), octets -> {
            Path cache = Scratch.folder("stat-cache").write("cache", octets);
            try (StatCache known = StatCache.open(cache)) {
                known.find(PATH);
                known.find(new byte[] {'/'});
                known.find(new byte[0]);
            }
        }));
    }
}
