package org.cranny.web.pages.backups;

import java.time.Instant;
import java.util.Optional;
import org.cranny.protocol.browse.EntryLine;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;

/** An entry of a snapshot as a table shows it. @param place the folder it is in */
public record Entry(
        String name,
        String place,
        String href,
        boolean folder,
        String kind,
        String size,
        String when,
        String whenExactly,
        String rights,
        String target) {

    static Entry of(EntryLine line, String href, Moments moments) {
        Instant changed = Instant.parse(line.mtime());
        int slash = line.path().lastIndexOf('/');
        return new Entry(
                line.path().substring(slash + 1),
                slash <= 0 ? "/" : line.path().substring(0, slash),
                href,
                isFolder(line),
                line.kind(),
                line.size() == null ? "" : Amounts.bytes(line.size()),
                moments.said(changed),
                moments.exact(changed),
                line.mode() + " " + owner(line.user(), line.uid()) + ":" + owner(line.group(), line.gid()),
                Optional.ofNullable(line.target()).orElse(""));
    }

    static boolean isFolder(EntryLine line) {
        return line.kind().equals("directory");
    }

    private static String owner(String name, long number) {
        return name == null || name.isEmpty() ? String.valueOf(number) : name;
    }
}
