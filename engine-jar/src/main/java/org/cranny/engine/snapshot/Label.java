package org.cranny.engine.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;

/**
 * What people recognise a snapshot by; sealed in its manifest, because paths are nobody else's business.
 *
 * @param paths that were asked for, raw octets. One without a slash at its beginning is the name, below {@code /}, of a
 *     file that came in as a stream: there is nothing to look at again
 * @param description in words; empty for none
 */
public record Label(List<byte[]> paths, String host, List<String> tags, String description) {
    public Label {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
    }

    /** Whether it was made of this machine's files, so that the same can be looked at again. */
    public boolean isOfFiles() {
        return paths.stream().allMatch(path -> path.length > 0 && path[0] == '/');
    }

    byte[] encode() {
        OctetWriter out = new OctetWriter().varint(paths.size());
        paths.forEach(out::bytes);
        out.text(host).varint(tags.size());
        tags.forEach(out::text);
        out.text(description);
        return out.toByteArray();
    }

    static Label decode(byte[] octets) throws MalformedException {
        OctetReader in = new OctetReader(octets);
        List<byte[]> paths = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            paths.add(in.bytes());
        }
        String host = in.text();
        List<String> tags = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            tags.add(in.text());
        }
        String description = in.text();
        in.end();
        return new Label(paths, host, tags, description);
    }
}
