package org.cranny.central.browse;

import java.time.Instant;
import java.util.Locale;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.octets.PathNotation;

/**
 * One entry of a snapshot, as {@code cranny ls --json} prints it. Names are octets: what is not UTF-8 stands as
 * {@code \xNN}.
 *
 * @param mode four octal digits
 * @param mtime ISO 8601
 * @param xattrs how many
 * @param size of files, else null
 * @param target of symbolic links, else null
 */
public record EntryLine(
        String path,
        String kind,
        String mode,
        long uid,
        long gid,
        String user,
        String group,
        String mtime,
        int xattrs,
        Long size,
        String target,
        Long major,
        Long minor) {

    static EntryLine of(byte[] path, Entry entry) {
        Attributes attributes = entry.attributes();
        Thing thing = entry.thing();
        boolean device =
                thing instanceof Thing.Special special && special.type().isDevice();
        return new EntryLine(
                PathNotation.of(path),
                entry.type().name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%04o", attributes.mode()),
                attributes.uid(),
                attributes.gid(),
                attributes.user(),
                attributes.group(),
                Instant.ofEpochSecond(attributes.mtimeSeconds(), attributes.mtimeNanos())
                        .toString(),
                attributes.xattrs().size(),
                thing instanceof Thing.File file ? file.size() : null,
                thing instanceof Thing.Symlink link ? PathNotation.of(link.target()) : null,
                device ? ((Thing.Special) thing).major() : null,
                device ? ((Thing.Special) thing).minor() : null);
    }
}
