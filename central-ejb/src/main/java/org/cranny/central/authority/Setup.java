package org.cranny.central.authority;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;

/**
 * Makes central's home before its first start: the authority, the server's certificate, the realm's keys, fresh
 * passwords, {@code central.properties}. Run again it changes nothing, except that a server certificate which ends
 * within 30 days, or lacks a name that is asked for, is replaced. Prints one line of JSON with the realm and the fingerprint that machines pin.
 *
 * <p>Needs protocol-jar and Bouncy Castle on the class path and nothing of a server. Exit codes: 0, 1 failed, 2 wrong
 * use.
 */
public final class Setup {
    private static final Duration SERVER_LIFE = Duration.ofDays(365);
    private static final String SERVER = RealmFiles.SERVER;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final SetupOptions options;
    private final HomeFolder home;
    private final RealmFiles files;
    private final SecureRandom random;
    private final Instant now;
    private String shownPassphrase;

    Setup(SetupOptions options, SecureRandom random, Clock clock) {
        this.options = options;
        this.home = new HomeFolder(options.home());
        this.files = new RealmFiles(home, random);
        this.random = random;
        this.now = clock.instant();
    }

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            SetupOptions options = SetupOptions.parse(arguments);
            out.println(new Setup(options, new SecureRandom(), Clock.systemUTC()).make());
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IOException | GeneralSecurityException | MalformedException e) {
            err.println("central's home cannot be made: " + e);
            return 1;
        }
    }

    /** Makes what is missing. @return the line to print */
    String make() throws IOException, GeneralSecurityException, MalformedException {
        boolean fresh = !home.has("realm-keys");
        if (!files.hasEscrowKey()) {
            files.makeEscrowKey(passphrase());
        }
        Realm realm = files.make(now);
        makeServer(realm);
        if (!home.has("truststore.p12")) {
            files.writeTrusted("truststore", realm.certificate());
        }
        if (!home.has("authority.pem")) {
            home.write(
                    "authority.pem",
                    Pem.write("CERTIFICATE", realm.certificate().getEncoded()));
        }
        if (!home.has("secrets/admin-password")) {
            home.write("secrets/admin-password", files.freshSecret());
        }
        if (!home.has("central.properties")) {
            home.write("central.properties", properties());
        }
        return line(realm, fresh);
    }

    private void makeServer(Realm realm) throws IOException, GeneralSecurityException {
        List<GeneralName> names =
                options.hostNames().stream().distinct().map(Setup::name).toList();
        if (home.has(SERVER + ".p12") && !files.endsSoon(SERVER, now) && isFor(names)) {
            return;
        }
        KeyPair pair = KeyPairs.p256();
        X509Certificate certificate = new Certificates(random)
                .system(
                        new SystemId(realm.id(), 1),
                        pair.getPublic(),
                        names,
                        realm.certificate(),
                        realm.authorityKey(),
                        now,
                        SERVER_LIFE);
        files.write(SERVER, pair.getPrivate(), certificate, realm.certificate());
    }

    /** Whether browsers find central's certificate good for all these names. */
    private boolean isFor(List<GeneralName> names) throws IOException, GeneralSecurityException {
        X509Certificate server = (X509Certificate) files.open(SERVER).getCertificate(SERVER);
        GeneralNames has = GeneralNames.fromExtensions(
                new JcaX509CertificateHolder(server).getExtensions(), Extension.subjectAlternativeName);
        return Arrays.asList(has.getNames()).containsAll(names);
    }

    private static GeneralName name(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return new GeneralName(GeneralName.dNSName, text);
        }
        try {
            return new GeneralName(
                    GeneralName.iPAddress, InetAddress.getByName(text).getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("this is no address: " + text, e);
        }
    }

    private char[] passphrase() throws IOException {
        Path file = options.escrowPassphrase();
        if (file == null) {
            shownPassphrase = files.freshSecret();
            return shownPassphrase.toCharArray();
        }
        if (Files.notExists(file)) {
            HomeFolder.writeSecret(file, (files.freshSecret() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        String passphrase = Files.readString(file).strip();
        if (passphrase.length() < 12) {
            throw new IllegalArgumentException("an escrow passphrase has at least 12 characters: " + file);
        }
        return passphrase.toCharArray();
    }

    private String properties() throws IOException {
        Properties properties = new Properties();
        options.properties().forEach(properties::setProperty);
        StringWriter out = new StringWriter();
        properties.store(out, null);
        return out.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .reduce("", (a, b) -> a + b + "\n");
    }

    private String line(Realm realm, boolean fresh) throws GeneralSecurityException {
        String passphrase = shownPassphrase == null ? "" : ",\"escrowPassphrase\":\"" + shownPassphrase + "\"";
        return "{\"realm\":\"" + realm.id() + "\",\"caFingerprint\":\"" + Certificates.fingerprint(realm.certificate())
                + "\",\"fresh\":" + fresh + passphrase + "}";
    }
}
