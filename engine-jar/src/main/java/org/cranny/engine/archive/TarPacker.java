package org.cranny.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Thing;

/**
 * Tar as GNU tar, bsdtar and star read it: ustar headers, and before each a PAX header of our own making with what
 * ustar cannot say. Names and attribute values are octets there, which text APIs for PAX headers would change.
 *
 * <p>Sparse files are GNU's format 1.0 in PAX; attributes are {@code SCHILY.xattr.NAME}, ACLs {@code SCHILY.acl.access}
 * and {@code SCHILY.acl.default}. Sockets have no form in tar.
 */
final class TarPacker implements Packer {
    private static final int BLOCK = 512;
    private static final int SHORT_NAME = 100;
    private static final long LARGEST_ID = 07777777;
    private static final long LARGEST_TIME = 077777777777L;
    private static final String ACCESS = "system.posix_acl_access";
    private static final String DEFAULT = "system.posix_acl_default";

    private final TarArchiveOutputStream tar;

    TarPacker(OutputStream out) {
        tar = new TarArchiveOutputStream(out, StandardCharsets.US_ASCII.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_TRUNCATE);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    @Override
    public String put(Item item) throws IOException {
        byte type = type(item);
        if (type == 0) {
            return "a " + item.entry().type() + " has no place in a tar archive";
        }
        PaxRecords pax = new PaxRecords();
        boolean folder = item.entry().thing() instanceof Thing.Directory;
        byte[] path = folder ? Arrays.copyOf(item.path(), item.path().length + 1) : item.path();
        if (folder) {
            path[path.length - 1] = '/';
        }
        byte[] map = sparseMap(item);
        String name = name(path, map.length > 0 ? "GNUSparseFile.0/sparse" : null, pax);
        TarArchiveEntry header = new TarArchiveEntry(name, type, true);
        describe(item.entry().attributes(), header, pax);
        link(item, header, pax);
        if (map.length > 0) {
            long size = ((Thing.File) item.entry().thing()).size();
            pax.add("GNU.sparse.major", "1").add("GNU.sparse.minor", "0");
            pax.add("GNU.sparse.name", path).add("GNU.sparse.realsize", Long.toString(size));
        }
        String lost = attributes(item.entry().attributes(), pax);
        boolean content = type == TarConstants.LF_NORMAL;
        header.setSize(content ? map.length + item.dataLength() : 0);
        extend(pax);
        tar.putArchiveEntry(header);
        if (content) {
            tar.write(map);
            item.content().writeTo(tar);
        }
        tar.closeArchiveEntry();
        return lost;
    }

    @Override
    public boolean hasLinks() {
        return true;
    }

    @Override
    public void finish() throws IOException {
        tar.finish();
        tar.flush();
    }

    @Override
    public void close() throws IOException {
        // Closing the stream of the library would write the end of an archive that has none.
    }

    private static byte type(Item item) {
        if (item.linkTo() != null) {
            return TarConstants.LF_LINK;
        }
        return switch (item.entry().type()) {
            case FILE -> TarConstants.LF_NORMAL;
            case DIRECTORY -> TarConstants.LF_DIR;
            case SYMLINK -> TarConstants.LF_SYMLINK;
            case FIFO -> TarConstants.LF_FIFO;
            case CHARACTER -> TarConstants.LF_CHR;
            case BLOCK -> TarConstants.LF_BLK;
            case SOCKET -> 0;
        };
    }

    private static String name(byte[] path, String instead, PaxRecords pax) {
        if (instead != null) {
            return instead;
        }
        if (isShort(path)) {
            return new String(path, StandardCharsets.US_ASCII);
        }
        pax.add("path", path);
        return stem(path);
    }

    private static boolean isShort(byte[] path) {
        if (path.length > SHORT_NAME) {
            return false;
        }
        for (byte octet : path) {
            if (octet < 0x20 || octet == '\\') {
                return false;
            }
        }
        return true;
    }

    /** What readers without PAX see: the beginning, in ASCII. */
    private static String stem(byte[] path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(path.length, SHORT_NAME - 1); i++) {
            text.append(path[i] > 0x20 && path[i] != '\\' && path[i] != '/' ? (char) path[i] : '_');
        }
        return text.toString();
    }

    private static void describe(Attributes attributes, TarArchiveEntry header, PaxRecords pax) {
        header.setMode(attributes.mode());
        header.setIds(0, 0);
        header.setUserId(ustar("uid", attributes.uid(), LARGEST_ID, pax));
        header.setGroupId(ustar("gid", attributes.gid(), LARGEST_ID, pax));
        header.setUserName(owner("uname", attributes.user(), pax));
        header.setGroupName(owner("gname", attributes.group(), pax));
        long seconds = attributes.mtimeSeconds();
        if (seconds < 0 || seconds > LARGEST_TIME || attributes.mtimeNanos() != 0) {
            BigDecimal time = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(attributes.mtimeNanos(), 9));
            pax.add("mtime", time.stripTrailingZeros().toPlainString());
        }
        header.setModTime(Math.max(0, Math.min(seconds, LARGEST_TIME)) * 1_000);
    }

    private static long ustar(String keyword, long value, long largest, PaxRecords pax) {
        if (value <= largest) {
            return value;
        }
        pax.add(keyword, Long.toString(value));
        return 0;
    }

    private static String owner(String keyword, String name, PaxRecords pax) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length < 32 && octets.length == name.length()) {
            return name;
        }
        pax.add(keyword, octets);
        return "";
    }

    private static void link(Item item, TarArchiveEntry header, PaxRecords pax) {
        byte[] target = item.linkTo();
        if (target == null && item.entry().thing() instanceof Thing.Symlink link) {
            target = link.target();
        }
        if (target != null) {
            boolean brief = isShort(target);
            header.setLinkName(brief ? new String(target, StandardCharsets.US_ASCII) : stem(target));
            if (!brief) {
                pax.add("linkpath", target);
            }
        }
        if (item.linkTo() == null && item.entry().thing() instanceof Thing.Special special) {
            header.setDevMajor((int) special.major());
            header.setDevMinor((int) special.minor());
        }
    }

    /** @return null, or what could not be said */
    private static String attributes(Attributes attributes, PaxRecords pax) {
        String lost = null;
        for (Xattr xattr : attributes.xattrs()) {
            String name = new String(xattr.name(), StandardCharsets.ISO_8859_1);
            if (name.equals(ACCESS) || name.equals(DEFAULT)) {
                String keyword = name.equals(ACCESS) ? "SCHILY.acl.access" : "SCHILY.acl.default";
                AclText.of(xattr.value()).ifPresent(text -> pax.add(keyword, text));
                lost = AclText.of(xattr.value()).isPresent() ? lost : "an ACL of a form that tar does not know";
            } else {
                pax.add(keyword(name), xattr.value());
            }
        }
        return lost;
    }

    /** An equals sign would end the keyword; GNU tar writes it so. */
    private static byte[] keyword(String name) {
        String escaped = name.replace("%", "%25").replace("=", "%3D");
        return ("SCHILY.xattr." + escaped).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The map before a sparse file's data; empty for a file without holes. */
    private static byte[] sparseMap(Item item) {
        if (item.linkTo() != null || !(item.entry().thing() instanceof Thing.File file)) {
            return new byte[0];
        }
        if (item.dataLength() == file.size()) {
            return new byte[0];
        }
        List<Extent> extents = item.extents();
        long end = extents.isEmpty() ? 0 : extents.get(extents.size() - 1).end();
        List<String> lines = new ArrayList<>();
        for (Extent extent : extents) {
            lines.add(extent.offset() + "\n" + extent.length() + "\n");
        }
        if (end < file.size()) {
            lines.add(file.size() + "\n0\n");
        }
        byte[] text = (lines.size() + "\n" + String.join("", lines)).getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(text, (text.length + BLOCK - 1) / BLOCK * BLOCK);
    }

    private void extend(PaxRecords pax) throws IOException {
        if (pax.isEmpty()) {
            return;
        }
        byte[] records = pax.octets();
        TarArchiveEntry header = new TarArchiveEntry("PaxHeaders/entry", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        header.setMode(0600);
        header.setModTime(0);
        header.setSize(records.length);
        tar.putArchiveEntry(header);
        tar.write(records);
        tar.closeArchiveEntry();
    }
}
