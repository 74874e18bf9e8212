package org.cranny.client.desktop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** What the agent and the owner's window tell each other. */
public final class DesktopReaders {
    private DesktopReaders() {}

    public static List<Reader> all() {
        String seed = "{\"ask\":\"keeping\",\"n\":[1,2.5e3,null,true,{\"a\":\"\\u00e4\"}]}\n{}\n";
        return List.of(Reader.of("desktop-line", IOException.class, Texts.seeds(seed), octets -> {
            InputStream in = new ByteArrayInputStream(octets);
            for (String line = Lines.read(in); line != null; line = Lines.read(in)) {
                DesktopAnswers.parsed(line);
                DesktopCalls.parsed(line);
            }
        }));
    }
}
