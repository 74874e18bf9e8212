package org.cranny.daemon.launch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;

/**
 * What a file says now: asking costs a look at the file, and each change of it one reading. A file that cannot be read
 * changes nothing; what it said before is said on. Thread-safe.
 */
final class Following<T> {
    private final Path file;
    private final Reader<T> reader;
    private volatile Read<T> last;

    /** Reads a file. */
    interface Reader<T> {
        T read(Path file) throws IOException, GeneralSecurityException;
    }

    /** @param stamp of the file then, empty before the first reading */
    private record Read<T>(String stamp, T said) {}

    /** @param first said as long as the file cannot be read */
    Following(Path file, Reader<T> reader, T first) {
        this.file = file;
        this.reader = reader;
        this.last = new Read<>("", first);
    }

    T now() {
        Read<T> read = last;
        return stamp(read.stamp()).equals(read.stamp()) ? read.said() : reread();
    }

    private synchronized T reread() {
        Read<T> read = last;
        String stamp = stamp(read.stamp());
        if (!stamp.equals(read.stamp())) {
            last = new Read<>(stamp, newest(read.said()));
        }
        return last.said();
    }

    private T newest(T before) {
        try {
            return reader.read(file);
        } catch (IOException | GeneralSecurityException e) {
            System.getLogger(Following.class.getName())
                    .log(Level.WARNING, "{0} cannot be read, what it said before holds: {1}", file, e);
            return before;
        }
    }

    /** A file that is put in its place is another one, or later. */
    private String stamp(String whenUnknown) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.fileKey() + " " + found.lastModifiedTime();
        } catch (IOException e) {
            return whenUnknown;
        }
    }
}
