package org.cranny.protocol.browse;

import java.util.List;

/**
 * Where one file is, and how safe.
 *
 * @param entry as it is in the snapshot
 * @param since when the oldest snapshot with this very content was made, ISO 8601
 * @param sinceSnapshot that snapshot
 * @param losses how many hosts may be lost at once, whichever they are, and the file is still whole
 * @param packs that hold its content, each with its hosts
 */
public record Explanation(
        String snapshot, EntryLine entry, String since, String sinceSnapshot, int losses, List<PackLine> packs) {

    /** One pack. @param packClass DATA, or TREE for what lists the content @param length octets */
    public record PackLine(String pack, String packClass, long length, List<HolderLine> hosts) {}

    /** One host that keeps it. @param state as in the master file, or GONE when it is not there any more */
    public record HolderLine(long id, String name, String state) {}
}
