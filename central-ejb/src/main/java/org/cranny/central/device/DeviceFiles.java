package org.cranny.central.device;

import java.time.Instant;
import java.util.List;

/**
 * What a device has here.
 *
 * @param snapshot whole id of the newest one, null before the first
 * @param waiting what is not in it yet, in the order in which it came; on the first page only
 * @param files of that snapshot, by name
 * @param next what to give as {@code after} for the next page, or null when there is nothing more
 */
public record DeviceFiles(String snapshot, List<Upload> waiting, List<Line> files, String next) {

    /** A file that is kept. @param path in the notation of paths */
    public record Line(String name, String path, long bytes, Instant modified) {}
}
