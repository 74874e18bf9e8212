package org.cranny.central.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.central.authority.Authority;
import org.cranny.central.authority.HomeCopy;
import org.cranny.central.authority.TextBlock;
import org.cranny.central.system.HostStatus;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.engine.sealing.OpeningStream;
import org.cranny.engine.sealing.SealingStream;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * What brings central's dumps back from the hosts, together with the escrow passphrase or enough recovery officers: the
 * realm's public keys, the addresses of the hosts, the escrow key under its passphrase unless officers have it, and
 * central's own key sealed to the escrow key. Plain text, to be printed. By itself it opens nothing.
 */
final class RescueFile {
    static final String NAME = "rescue.txt";

    private static final String FIRST_LINE = "CRANNY RESCUE FILE 1";
    private static final String REALM_KEYS = "CRANNY REALM KEYS";
    private static final String ESCROW_KEY = "CRANNY ESCROW KEY";
    private static final String CENTRAL_KEY = "CRANNY CENTRAL KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern HOST = Pattern.compile("^host ([0-9]{1,18}) (https://\\S+)$", Pattern.MULTILINE);
    private static final long LARGEST = 4L << 20;
    private static final int MOST_HOSTS = 1_000;

    private final Authority authority;
    private final SecureRandom random;

    RescueFile(Authority authority, SecureRandom random) {
        this.authority = authority;
        this.random = random;
    }

    /**
     * Writes it beside the dumps, on disk before this returns, unless the one that is there says the same. Of a great
     * realm it names a thousand hosts.
     *
     * @param hosts those that keep dumps first
     */
    void write(Path home, List<HostStatus> hosts) throws IOException {
        MachineIdentity central = authority.identity();
        String said = said(new HomeCopy(home), central, hosts);
        Path file = home.resolve("dumps").resolve(NAME);
        if (!Files.isRegularFile(file) || !Files.readString(file).startsWith(said)) {
            put(file, said + TextBlock.write(CENTRAL_KEY, sealed(central)));
        }
    }

    /** All but central's key, which is sealed anew each time. */
    private String said(HomeCopy files, MachineIdentity central, List<HostStatus> hosts) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE).append("\n\n").append(advice());
        hosts.stream()
                .limit(MOST_HOSTS)
                .sorted(Comparator.comparing(HostStatus::number))
                .forEach(host -> text.append("host ")
                        .append(host.number())
                        .append(' ')
                        .append(host.address())
                        .append('\n'));
        try {
            text.append('\n')
                    .append(TextBlock.write(CERTIFICATE, central.certificate().getEncoded()));
            text.append(TextBlock.write(CERTIFICATE, central.authority().getEncoded()));
        } catch (CertificateException e) {
            throw new IOException("central's certificate cannot be written", e);
        }
        text.append(TextBlock.write(REALM_KEYS, authority.realmKeys().getBytes(StandardCharsets.US_ASCII)));
        if (files.names().contains("escrow.key")) {
            text.append(TextBlock.write(ESCROW_KEY, files.read("escrow.key")));
        }
        return text.toString();
    }

    private String advice() {
        return authority
                .escrowSplit()
                .map(split -> """
                        Central's dumps lie on the hosts below. Print this, or keep it on another machine: with it, the shares of
                        enough recovery officers, and hosts that answer, central comes back even when its disk is gone. Enough are
                        %d of these:
                        %s

                          cranny-central dump list --rescue FILE --share FILE... --share-key FILE...
                          cranny-central dump fetch --rescue FILE --share FILE... --share-key FILE... --to FOLDER

                        """.formatted(split.threshold(), String.join("\n", split.officers())))
                .orElse("""
                        Central's dumps lie on the hosts below. Print this, or keep it on another machine, apart from the escrow
                        passphrase: with both of them, and hosts that answer, central comes back even when its disk is gone.

                          cranny-central dump list --rescue FILE --escrow-passphrase-file FILE
                          cranny-central dump fetch --rescue FILE --escrow-passphrase-file FILE --to FOLDER

                        """);
    }

    private byte[] sealed(MachineIdentity central) throws IOException {
        Escrow.DumpKey key = Escrow.drawDumpKey(authority.central(), authority.escrowPublicKey(), random);
        byte[] head = DumpFormat.of(authority.central(), key.sealed()).octets();
        byte[] octets = central.key().getEncoded();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        try (OutputStream sealing = new SealingStream(out, key.key(), head)) {
            sealing.write(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
            key.key().destroy();
        }
        return out.toByteArray();
    }

    private static void put(Path file, String text) throws IOException {
        Path part = file.resolveSibling(NAME + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, text);
        Dumps.sync(part, java.nio.file.StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Dumps.sync(file.getParent(), java.nio.file.StandardOpenOption.READ);
    }

    /**
     * A rescue file, opened.
     *
     * @param catalogue the key that slips are signed with
     * @param escrowKey the file {@code escrow.key}, as it was in central's home; null where officers had the key
     */
    record Opened(MachineIdentity central, PublicKey catalogue, List<Host> hosts, byte[] escrowKey) {}

    /**
     * Opens it.
     *
     * @throws IOException with one line when it is none, or damaged
     * @throws GeneralSecurityException when the passphrase or the shares are not the right ones
     */
    static Opened open(Path file, EscrowAtHand escrow) throws IOException, GeneralSecurityException {
        String text = Files.size(file) <= LARGEST ? Files.readString(file) : "";
        if (!text.strip().startsWith(FIRST_LINE)) {
            throw new IOException("this is no rescue file, or one of a newer Cranny: " + file);
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (byte[] certificate : TextBlock.all(CERTIFICATE, text)) {
                chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate)));
            }
            X509Certificate authority = chain.get(chain.size() - 1);
            String keys = new String(TextBlock.only(REALM_KEYS, text), StandardCharsets.US_ASCII);
            RealmKeys realm = RealmKeys.open(Signed.parse(keys), authority.getPublicKey());
            SystemId central = new SystemId(RealmId.of(authority.getPublicKey()), 1);
            byte[] escrowKey = escrow.sealed(
                    TextBlock.all(ESCROW_KEY, text).stream().findFirst().orElse(null));
            byte[] own = unseal(TextBlock.only(CENTRAL_KEY, text), escrow.open(escrowKey), central);
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(own));
            MachineIdentity identity = new MachineIdentity(central, key, chain);
            return new Opened(identity, realm.catalogue(), hosts(text), escrowKey);
        } catch (MalformedException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the rescue file is damaged: " + e.getMessage(), e);
        }
    }

    /** @param escrow is destroyed */
    private static byte[] unseal(byte[] sealed, Secret escrow, SystemId central)
            throws IOException, GeneralSecurityException {
        ByteArrayInputStream in = new ByteArrayInputStream(sealed);
        try {
            DumpFormat head = DumpFormat.read(in);
            Secret key = Escrow.openDumpKey(head.sealedKey(), escrow, central);
            try (OpeningStream opening = new OpeningStream(in, key, head.octets())) {
                return opening.readAllBytes();
            } finally {
                key.destroy();
            }
        } catch (KeysUnreadableException e) {
            throw new GeneralSecurityException(
                    "the rescue file was made for another escrow key, or the shares are of another split", e);
        } finally {
            escrow.destroy();
        }
    }

    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        Matcher matcher = HOST.matcher(text);
        while (matcher.find()) {
            hosts.add(host(Long.parseLong(matcher.group(1)), matcher.group(2)));
        }
        return hosts;
    }

    /** A host of which nothing but its address is known. */
    static Host host(long number, String address) {
        return new Host(
                number, "host " + number, address, 0, 0, 1, HostStatus.UNKNOWN, "host:" + number, Host.State.ACCEPTING);
    }
}
