package org.cranny.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.octets.PathNotation;

/**
 * Zip for people who have nothing else: files, folders, symbolic links, modes, times to the second. Owners, attributes
 * and holes have no place in it, nor have devices and fifos; hard links become files of their own. Names that are not
 * UTF-8 are spelled {@code \xNN}.
 */
final class ZipPacker implements Packer {
    private final ZipArchiveOutputStream zip;

    ZipPacker(OutputStream out) {
        zip = new ZipArchiveOutputStream(out);
        zip.setEncoding(StandardCharsets.UTF_8.name());
        zip.setUseZip64(Zip64Mode.AsNeeded);
    }

    @Override
    public String put(Item item) throws IOException {
        boolean folder = item.entry().thing() instanceof Thing.Directory;
        boolean file = item.entry().thing() instanceof Thing.File;
        boolean link = item.entry().thing() instanceof Thing.Symlink;
        if (!folder && !file && !link) {
            return "a " + item.entry().type() + " has no place in a zip archive";
        }
        Attributes attributes = item.entry().attributes();
        ZipArchiveEntry header = new ZipArchiveEntry(name(item.path()) + (folder ? "/" : ""));
        header.setUnixMode(item.entry().type().modeBits() | attributes.mode());
        header.setLastModifiedTime(FileTime.from(attributes.modified().truncatedTo(ChronoUnit.SECONDS)));
        if (file) {
            header.setSize(((Thing.File) item.entry().thing()).size());
        }
        zip.putArchiveEntry(header);
        if (file) {
            write(item);
        } else if (item.entry().thing() instanceof Thing.Symlink symlink) {
            zip.write(symlink.target());
        }
        zip.closeArchiveEntry();
        return attributes.xattrs().isEmpty() ? null : "zip archives hold no extended attributes";
    }

    private static String name(byte[] path) {
        String text = PathNotation.of(path);
        return text.replace("\\\\", "\\");
    }

    /** Holes are written out. */
    private void write(Item item) throws IOException {
        Filling filling = new Filling(item.extents(), zip);
        item.content().writeTo(filling);
        filling.to(((Thing.File) item.entry().thing()).size());
    }

    @Override
    public boolean hasLinks() {
        return false;
    }

    @Override
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    @Override
    public void close() throws IOException {
        // Closing the stream of the library would write the end of an archive that has none.
    }
}
