package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What central's server and daemons leave open: two doors, the newest TLS, nothing of the server's own. */
@LongForm
@ExtendWith(SharesRealm.class)
class HardenedIT {
    private static final int PEOPLE = 81;
    private static final int MACHINES = 82;
    private static final int ADMINISTRATION = 48;
    private static final Set<String> OWN_AUTHORITY = Set.of(
            "cert_chain_of_trust", "cert_revocation", "cert_crlDistributionPoints", "cert_ocspURL", "DNS_CAArecord");

    /** Certificates of daemons name a system of the realm, wherever it is. */
    private static final String NAME_OF_THE_SERVER = "cert_trust";

    /** All but what many kinds of clients would agree upon. */
    private static final List<String> CHECKS = List.of(
            "--quiet",
            "--color",
            "0",
            "--warnings",
            "batch",
            "--ip",
            "one",
            "--protocols",
            "--std",
            "--fs",
            "--server-preference",
            "--server-defaults",
            "--headers",
            "--vulnerable");

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Realm realm;

    HardenedIT(Realm realm) {
        this.realm = realm;
    }

    private URI people() {
        return URI.create(realm.status().central().url());
    }

    private int port(int offset) {
        return people().getPort() - PEOPLE + offset;
    }

    @Test
    void nothingButTheTwoDoorsListensBeyondLoopback() throws IOException {
        assertTrue(opens("127.0.0.1", port(ADMINISTRATION)), "the administration is there");
        assertFalse(opens("127.0.0.2", port(ADMINISTRATION)), "a listener on all addresses would answer here, too");
        Set<Integer> beyond = new TreeSet<>();
        for (int port : listening(realm.status().central().pid())) {
            if (opens("127.0.0.2", port)) {
                beyond.add(port);
            }
        }
        beyond.removeAll(Set.of(port(PEOPLE), port(MACHINES)));
        assertEquals(Set.of(), beyond, "ports on all addresses");
    }

    @Test
    void noPasswordThatAnybodyKnowsOpensTheAdministration() throws IOException {
        Caller anybody = Caller.nobody(realm.status().caFingerprint());
        for (String password : List.of("", "admin", "adminadmin", "changeit")) {
            String pair = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
            URI management = URI.create("http://127.0.0.1:" + port(ADMINISTRATION) + "/management/domain.json");
            HttpRequest.Builder request = HttpRequest.newBuilder(management)
                    .header("Authorization", "Basic " + pair)
                    .header("X-Requested-By", "test");
            assertEquals(401, anybody.send(request).statusCode(), "password '" + password + "'");
        }
    }

    @Test
    void centralSpeaksNoOlderTls() throws Exception {
        Cranny source = realm.source();
        SSLContext tls = shown(source.home(), null);
        for (int port : List.of(port(PEOPLE), port(MACHINES))) {
            assertEquals("TLSv1.3", handshake(tls, port, "TLSv1.3"));
            for (String old : List.of("TLSv1.2", "TLSv1.1", "TLSv1")) {
                assertThrows(IOException.class, () -> handshake(tls, port, old), old + " at " + port);
            }
        }
    }

    @Test
    void machinesAreLetInWithAGoodCertificateOfTheRealmAlone() throws Exception {
        Cranny source = realm.source();
        Authority ours = Authority.of(realm.status().central().home());
        Authority strangers = Authority.like(ours);
        String name = name(source.home());
        String other = name.replaceFirst("[0-9]+$", "999999");
        Instant now = Instant.now();
        Instant later = now.plus(Duration.ofDays(30));
        Instant earlier = now.minus(Duration.ofDays(30));
        assertEquals(200, ask(shown(source.home(), null)), "its own");
        assertEquals(
                200, ask(shown(source.home(), ours.issue(publicKey(source), name, earlier, later))), "a newer one");
        assertEquals(403, ask(shown(source.home(), ours.issue(publicKey(source), other, earlier, later))), "another's");
        assertEquals(
                0,
                ask(shown(source.home(), ours.issue(publicKey(source), name, earlier, now.minusSeconds(60)))),
                "one that expired");
        assertEquals(
                0,
                ask(shown(source.home(), ours.issue(publicKey(source), name, now.plusSeconds(3_600), later))),
                "one that is not good yet");
        assertEquals(
                0,
                ask(shown(source.home(), strangers.issue(publicKey(source), name, earlier, later))),
                "one of an authority that calls itself the same");
        assertEquals(0, ask(context(null, null)), "none");
    }

    /** Whoever may knock can have something logged. */
    @Test
    void centralsLogsTakeFortyMegabytesAtMost() throws IOException {
        Properties logging = new Properties();
        try (InputStream file = Files.newInputStream(realm.domain().resolve("config/logging.properties"))) {
            logging.load(file);
        }
        String handler = "com.sun.enterprise.server.logging.GFFileHandler.";
        assertEquals("20", logging.getProperty(handler + "maxHistoryFiles"));
        assertEquals("2000000", logging.getProperty(handler + "rotationLimitInBytes"));
    }

    /** Central and daemons read the server's own objects alone, and few of them. */
    @Test
    void whateverListensSaysWhichObjectsItReads() throws Exception {
        ClusterStatus status = realm.status();
        List<Long> processes = Stream.concat(
                        Stream.of(status.central().pid()),
                        status.daemons().stream().map(ClusterStatus.Daemon::pid))
                .toList();
        for (long process : processes) {
            String command =
                    Files.readString(Path.of("/proc", Long.toString(process), "cmdline"), StandardCharsets.ISO_8859_1);
            String arguments = command.contains("@")
                    ? command + Files.readString(realm.domain().resolve("config/launch.args"))
                    : command;
            assertTrue(arguments.matches("(?s).*-Djdk\\.serialFilter=maxdepth=20;[^\u0000\"]*;!\\*.*"), arguments);
        }
        assertFalse(Files.readString(realm.centralLog(), StandardCharsets.ISO_8859_1)
                .contains("status: REJECTED"));
    }

    /** What is left is that nobody outside the realm knows its authority, which is meant. */
    @Test
    void testsslFindsNothingButThatTheAuthorityIsTheRealms() throws Exception {
        List<String> found = new ArrayList<>();
        int daemon = URI.create(realm.status().daemon(1).url()).getPort();
        for (int each : List.of(port(PEOPLE), port(MACHINES), daemon)) {
            Path report = realm.emptyFolder("testssl").resolve("report.json");
            List<String> command = new ArrayList<>(List.of("testssl"));
            command.addAll(CHECKS);
            command.addAll(List.of(
                    "--jsonfile",
                    report.toString(),
                    "https://127.0.0.1:" + each + (each == port(PEOPLE) ? "/cranny/login.xhtml" : "/")));
            Command.run(report.getParent(), command, Map.of());
            for (JsonValue line : Json.array(Files.readString(report))) {
                JsonObject finding = line.asJsonObject();
                if (Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL", "FATAL").contains(finding.getString("severity"))
                        && !OWN_AUTHORITY.contains(finding.getString("id"))
                        && !(each == daemon && finding.getString("id").equals(NAME_OF_THE_SERVER))) {
                    found.add(each + ": " + finding.getString("id") + " " + finding.getString("severity") + ": "
                            + finding.getString("finding"));
                }
            }
        }
        assertEquals(List.of(), found);
    }

    /** A set of sets that takes longer to read than anybody waits: who reads it does not answer. */
    @Test
    void noSerializedObjectIsRead() throws Exception {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> two = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            Set<Object> deeper = new HashSet<>(Set.of("deep"));
            Set<Object> deepest = new HashSet<>();
            one.add(deeper);
            one.add(deepest);
            two.add(deeper);
            two.add(deepest);
            one = deeper;
            two = deepest;
        }
        byte[] bomb = new byte[0];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(root);
            bomb = out.toByteArray();
        }
        Caller machine = Caller.system(realm.source().home());
        ClusterStatus.Daemon daemon = realm.status().daemon(1);
        String machines = "https://127.0.0.1:" + port(MACHINES) + "/cranny/api/v1";
        for (String type :
                List.of("application/x-java-serialized-object", "application/octet-stream", "application/json")) {
            for (String address : List.of(
                    machines + "/placements",
                    machines + "/snapshots",
                    machines + "/leases",
                    daemon.url() + "/cranny/v1/challenges",
                    realm.api("/sessions"),
                    realm.api("/enrollments"),
                    realm.api("/tokens"))) {
                Caller caller = address.startsWith(realm.api("")) ? realm.administrator() : machine;
                int status = caller.send(HttpRequest.newBuilder(URI.create(address))
                                .timeout(SOON)
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb)))
                        .statusCode();
                assertTrue(status >= 400 && status < 500, address + " answered " + status + " to " + type);
            }
        }
        String state = Base64.getEncoder().encodeToString(bomb);
        int status = realm.administrator()
                .send(HttpRequest.newBuilder(URI.create(people() + "/login.xhtml"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("jakarta.faces.ViewState="
                                + java.net.URLEncoder.encode(state, StandardCharsets.US_ASCII))))
                .statusCode();
        assertTrue(status < 500, "the login page answered " + status);
    }

    private static boolean opens(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Ports on which a process listens, by what the kernel says. */
    private static Set<Integer> listening(long pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path each : descriptors.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(each).toString().replaceAll("socket:\\[(\\d+)]", "$1"));
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && sockets.contains(columns[9])) {
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
                }
            }
        }
        assertFalse(ports.isEmpty(), "central listens somewhere");
        return ports;
    }

    private static String handshake(SSLContext tls, int port, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout((int) SOON.toMillis());
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    /** @return the status; 0 when the connection was refused */
    private int ask(SSLContext tls) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port(MACHINES))) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream()
                    .write(("GET /cranny/api/v1/policy HTTP/1.1\r\nHost: 127.0.0.1:" + port(MACHINES)
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9));
        } catch (javax.net.ssl.SSLException | java.net.SocketException refused) {
            return 0;
        }
    }

    private static char[] password(Path home) throws IOException {
        return Files.readString(home.resolve("identity.password")).strip().toCharArray();
    }

    private static KeyStore store(Path home) throws Exception {
        return KeyStore.getInstance(home.resolve("identity.p12").toFile(), password(home));
    }

    private static X509Certificate certificate(Path home) throws Exception {
        KeyStore store = store(home);
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    private static PublicKey publicKey(Cranny source) throws Exception {
        return certificate(source.home()).getPublicKey();
    }

    private static String name(Path home) throws Exception {
        return certificate(home).getSubjectAlternativeNames().stream()
                .map(each -> each.get(1).toString())
                .filter(each -> each.startsWith("cranny:"))
                .findFirst()
                .orElseThrow();
    }

    /** Its own key with this certificate, or with its own one. */
    private static SSLContext shown(Path home, X509Certificate[] chain) throws Exception {
        KeyStore store = store(home);
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, password(home));
        return context(key, chain == null ? store.getCertificateChain(alias) : chain);
    }

    private static SSLContext context(PrivateKey key, Certificate[] chain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (key != null) {
            store.setKeyEntry("it", key, new char[0], chain);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, null);
        return tls;
    }

    /** Here the server is asked, and not looked at. */
    private static final class Anybody extends javax.net.ssl.X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Who signs certificates. */
    private record Authority(PrivateKey key, X509Certificate certificate) {
        /** The realm's own, as long as it is at hand. */
        static Authority of(Path central) throws Exception {
            char[] password = Files.readString(central.resolve("secrets/authority-password"))
                    .strip()
                    .toCharArray();
            KeyStore store =
                    KeyStore.getInstance(central.resolve("authority.p12").toFile(), password);
            return new Authority((PrivateKey) store.getKey("authority", password), (X509Certificate)
                    store.getCertificate("authority"));
        }

        /** One of the same name with another key. */
        static Authority like(Authority other) throws Exception {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(256);
            KeyPair pair = pairs.generateKeyPair();
            X500Principal name = other.certificate.getSubjectX500Principal();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(Instant.now().minusSeconds(3_600)),
                    Date.from(Instant.now().plusSeconds(86_400)),
                    name,
                    pair.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new org.bouncycastle.asn1.x509.BasicConstraints(true));
            return new Authority(pair.getPrivate(), signed(builder, pair.getPrivate()));
        }

        X509Certificate[] issue(PublicKey subject, String uri, Instant from, Instant until) throws Exception {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    certificate.getSubjectX500Principal(),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(from),
                    Date.from(until),
                    new X500Principal("CN=test"),
                    subject);
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            return new X509Certificate[] {signed(builder, key), certificate};
        }

        private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key) throws Exception {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        }
    }
}
