package org.cranny.readers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.enrollment.Invitation;
import org.cranny.client.report.Octets;
import org.cranny.client.selection.ListedPaths;
import org.cranny.engine.browse.Glob;
import org.cranny.engine.exclude.ExcludeFile;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.placement.Holding.Fragment;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.ssh.HostKey;
import org.cranny.engine.ssh.SshAddress;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.release.Version;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/** What people write, and what a source keeps of itself. */
final class SourceReaders {
    private static final SshAddress ADDRESS = SshAddress.parse("root@10.0.0.1:2222");

    private SourceReaders() {}

    static List<Reader> all() throws IOException {
        return List.of(
                Reader.of(
                        "path", MalformedException.class, Texts.seeds("/home/a\\\\b\\xFF/ä", "/"), SourceReaders::path),
                Reader.of("holdings", IOException.class, holdingSeeds(), SourceReaders::holdings),
                new Reader(
                        "patterns",
                        List.of(),
                        Texts.seeds("!/a/**/[[:alpha:]-z]*\\?x/\n#\n**/b\n*.tmp\r\n", "[!a-c]?\n\\# x \n/**\n"),
                        SourceReaders::patterns),
                Reader.of("path-list", IOException.class, Texts.seeds("/a\n/b/c\n\nd\n"), octets -> {
                    ListedPaths.read(new ByteArrayInputStream(octets), '\n', path -> {});
                    ListedPaths.read(new ByteArrayInputStream(octets), '\0', path -> {});
                }),
                Reader.of(
                        "known-hosts",
                        IllegalArgumentException.class,
                        Texts.seeds(
                                "@revoked [10.0.0.1]:2222,*.example ssh-ed25519 "
                                        + "AAAAC3NzaC1lZDI1NTE5AAAAIAlQ9ZJcrzrQ3Hf2k2yV4HVkO0bUo5yEbnTqkNfVZ2aT x\n",
                                "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAA\n# x\n"),
                        octets -> HostKey.of(ADDRESS, null, Texts.text(octets))),
                Reader.of(
                        "word",
                        IllegalArgumentException.class,
                        Texts.seeds(
                                "root@[fe80::1]:22",
                                "1.5GiB",
                                "cranny:0011223344556677:42",
                                "1.2.3~rc1",
                                "SHA256:" + "ab:".repeat(32),
                                "https://10.0.0.1:8443",
                                "cranny enroll https://10.0.0.1:8443 --token 'A' --ca-fingerprint " + "ab".repeat(32),
                                "https://10.0.0.1:8443/#token=A%20B&ca-fingerprint=" + "ab".repeat(32)),
                        SourceReaders::word));
    }

    private static void path(byte[] octets) throws MalformedException {
        String written = PathNotation.of(octets);
        if (!Arrays.equals(octets, PathNotation.octets(written))) {
            throw new AssertionError("another name comes back from " + written);
        }
        String text = Texts.text(octets);
        PathNotation.octets(text);
        PathNotation.absolute(text);
    }

    /** Patterns, a line each, against names that are made of themselves. */
    private static void patterns(byte[] octets) throws IOException {
        Path file = Scratch.folder("patterns").write("excludes", octets);
        List<byte[]> patterns = ExcludeFile.read(file);
        patterns.forEach(Excludes::isHopeless);
        Excludes excludes = Excludes.NONE.and(patterns);
        excludes.leavesOut(octets, true);
        excludes.leavesOut(Texts.octets("a/b/c.tmp"), false);
        new Glob(octets).matches(octets);
    }

    /** A form of words at least is read. */
    private static void word(byte[] octets) {
        String text = Texts.text(octets);
        IllegalArgumentException refused = null;
        boolean read = false;
        for (Form form : List.<Form>of(
                SshAddress::parse,
                Octets::read,
                SystemId::ofUri,
                Version::new,
                FragmentId::of,
                Fingerprint::parse,
                Invitation::address,
                each -> Invitation.of(each).ifPresent(invitation -> invitation.order("ws-01")))) {
            try {
                form.read(text);
                read = true;
            } catch (IllegalArgumentException e) {
                refused = e;
            }
        }
        if (!read) {
            throw refused;
        }
    }

    private interface Form {
        void read(String text);
    }

    /** One record with its checksum made anew, then the same as it is. */
    private static void holdings(byte[] octets) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(octets);
        byte[] framed = ByteBuffer.allocate(octets.length + 8)
                .putInt(octets.length)
                .put(octets)
                .putInt((int) crc.getValue())
                .array();
        Path file = Scratch.folder("holdings").write("holdings", Texts.join(framed, octets));
        try (Holdings holdings = Holdings.open(file)) {
            holdings.all();
            holdings.unregistered();
        }
    }

    private static List<byte[]> holdingSeeds() throws IOException {
        Path file = Scratch.folder("holdings").path().resolve("seed");
        FragmentId pack = FragmentHasher.of(new byte[3]);
        try (Holdings holdings = Holdings.open(file)) {
            PackEntry entry = new PackEntry(pack, PackClass.DATA, 1 << 17, new Redundancy(1, 2));
            holdings.add(entry, List.of(new Fragment(0, 2, new byte[40]), new Fragment(1, 3, new byte[40])));
            holdings.registered(List.of(pack));
            holdings.remove(List.of(pack));
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        List<byte[]> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] record = new byte[in.getInt()];
            in.get(record).getInt();
            records.add(record);
        }
        return records;
    }
}
