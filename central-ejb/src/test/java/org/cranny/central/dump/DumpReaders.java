package org.cranny.central.dump;

import com.github.luben.zstd.ZstdOutputStream;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.cranny.central.authority.Authority;
import org.cranny.central.authority.HomeCopy;
import org.cranny.central.authority.TestSetup;
import org.cranny.central.database.Schema;
import org.cranny.central.escrow.PrivateKeys;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.readers.AnySignature;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.signing.Signed;

/** What is read where central is made again: dumps, what says where they are, and what hosts answer. */
public final class DumpReaders {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SystemId CENTRAL = new SystemId(new RealmId("0011223344556677"), 1);
    private static final Instant MADE = Instant.ofEpochSecond(1_790_000_000);
    private static final Host HOST = RescueFile.host(5, "https://h:9443");
    private static final String DATABASE = "jdbc:h2:mem:readers;DB_CLOSE_DELAY=-1";
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final String LINES = """
            {"cranny":"dump","format":1,"realm":"0011223344556677","time":"2026-09-21T13:33:20Z"}
            {"file":"central.properties","octets":"YT1i"}
            {"sequence":"numbers","next":7}
            {"table":"prune_lock","columns":["id","until_millis","reason"]}
            [7,8,"until it is known what happened since"]
            {"end":5}
            """;

    private DumpReaders() {}

    public static List<Reader> all() throws Exception {
        DumpSlip slip = new DumpSlip(CENTRAL, MADE, List.of(new DumpSlip.Piece(FragmentHasher.of(new byte[3]), 3)));
        return List.of(
                Reader.of("dump", IOException.class, Texts.seeds(LINES), DumpReaders::dump),
                new Reader(
                        "dump-into-database",
                        List.of(IOException.class, SQLException.class),
                        Texts.seeds(LINES),
                        DumpReaders::restored),
                Reader.of(
                        "dump-head",
                        IOException.class,
                        List.of(DumpFormat.of(CENTRAL, new byte[DumpFormat.SEALED_KEY_OCTETS])
                                .octets()),
                        octets -> DumpFormat.read(new ByteArrayInputStream(octets))),
                Reader.of("dump-slip", MalformedException.class, List.of(slip.payload()), DumpReaders::slip),
                Reader.of(
                        "dump-hosts",
                        MalformedException.class,
                        Texts.seeds("{\"fragments\":[{\"fragment\":\"" + "ab".repeat(32)
                                + "\",\"length\":7}],\"next\":\"" + "ab".repeat(32) + "\"}"),
                        DumpReaders::kept),
                new Reader(
                        "rescue-file",
                        List.of(IOException.class, GeneralSecurityException.class),
                        List.of(Rescue.get().text()),
                        octets -> Rescue.get().open(octets)));
    }

    private static void dump(byte[] octets) throws IOException {
        new DumpReader(packed(octets)).read(new Counting());
    }

    private static ByteArrayInputStream packed(byte[] octets) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(packed)) {
            out.write(octets);
        }
        return new ByteArrayInputStream(packed.toByteArray());
    }

    private static final class Migrated {
        static final Properties LOGIN = new Properties();

        static {
            Schema.migrate(new PlainDataSource(DATABASE, LOGIN));
        }
    }

    private static void restored(byte[] octets) throws IOException, SQLException {
        Scratch home = Scratch.folder("dump-home");
        home.clear();
        try (Connection connection = DriverManager.getConnection(DATABASE, Migrated.LOGIN)) {
            connection.setAutoCommit(false);
            try (Rebuilding rebuilding = new Rebuilding(connection, new HomeCopy(home.path()), MADE)) {
                new DumpReader(packed(octets)).read(rebuilding);
                rebuilding.end();
            } finally {
                connection.rollback();
            }
        }
    }

    private static void slip(byte[] octets) throws MalformedException {
        DumpSlip slip = DumpSlip.open(new Signed(octets, new byte[64]).bytes(), AnySignature.KEY);
        slip.name();
        if (slip.octets() < 0) {
            throw new AssertionError("less than nothing");
        }
    }

    /** The octets are the page, readable as others checked already, that a host gives over and over. */
    private static void kept(byte[] octets) throws MalformedException {
        KeptList page;
        try {
            page = JSON.fromJson(ClosedJson.text(octets), KeptList.class);
            page.fragments().forEach(kept -> FragmentId.of(kept.fragment()));
            FragmentId.of(page.next());
        } catch (JsonbException | IllegalArgumentException | NullPointerException e) {
            throw new MalformedException("no page");
        }
        new DumpFetch(
                        new DumpHosts() {
                            @Override
                            public void put(Host host, FragmentId fragment, Path file) {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public byte[] read(Host host, FragmentId fragment, int length) throws IOException {
                                if (length < 0 || length > DumpSlip.LARGEST) {
                                    throw new AssertionError(length + " octets are asked for");
                                }
                                return octets;
                            }

                            @Override
                            public KeptList list(Host host, FragmentId after) {
                                return page;
                            }

                            @Override
                            public void close() {}
                        },
                        AnySignature.KEY)
                .find(List.of(HOST));
    }

    /** The rescue file of a realm whose escrow key is in two shares: what a passphrase seals takes too long to open. */
    private record Rescue(byte[] text, EscrowAtHand escrow) {
        private static final class Once {
            static final Rescue RESCUE = make();
        }

        static Rescue get() {
            return Once.RESCUE;
        }

        private static Rescue make() {
            try {
                Path folder = Scratch.folder("rescue").path();
                Path home = folder.resolve("home");
                Path passphrase = folder.resolve("passphrase");
                TestSetup.make(home, passphrase);
                Settings settings = Settings.of(Map.of("cranny.home", home.toString()));
                Files.createDirectories(home.resolve("dumps"));
                new RescueFile(new Authority(null, settings, Clock.systemUTC(), RANDOM), RANDOM)
                        .write(home, List.of(status()));
                return new Rescue(
                        Files.readAllBytes(home.resolve("dumps").resolve(RescueFile.NAME)), shares(home, passphrase));
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static HostStatus status() {
            return new HostStatus(
                    5,
                    "h",
                    "https://h:9443",
                    "d",
                    Host.State.ACCEPTING,
                    1,
                    1,
                    0,
                    0,
                    MADE,
                    1,
                    HostStatus.UNKNOWN,
                    null,
                    null,
                    null);
        }

        private static EscrowAtHand shares(Path home, Path passphrase) throws IOException, GeneralSecurityException {
            Secret key = PrivateKeys.x25519(HomeCopy.escrowKey(
                    Files.readAllBytes(home.resolve("escrow.key")),
                    Files.readString(passphrase).strip().toCharArray()));
            Escrow.KeyPair officer = Escrow.draw();
            List<Path> shares = new ArrayList<>();
            for (KeyShare share : KeyShare.split(key, 2, 2, RANDOM)) {
                shares.add(text(home, "share" + share.number(), Escrow.sealShare(share, officer.publicKey())));
            }
            return new EscrowAtHand(
                    null,
                    null,
                    shares,
                    List.of(text(home, "officer", officer.privateKey().bytes())));
        }

        private static Path text(Path home, String name, byte[] octets) throws IOException {
            return Files.writeString(
                    home.resolve(name), Base64.getEncoder().encodeToString(octets), StandardCharsets.US_ASCII);
        }

        void open(byte[] octets) throws IOException, GeneralSecurityException {
            RescueFile.open(Scratch.folder("rescue").write("rescue.txt", octets), escrow);
        }
    }
}
