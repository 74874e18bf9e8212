package org.cranny.protocol.browse;

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
        Long minor) {}
