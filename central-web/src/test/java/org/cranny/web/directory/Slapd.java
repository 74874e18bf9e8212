package org.cranny.web.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFReader;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's slapd with people of a test in a folder of its own, on loopback: LDAP with StartTLS, LDAPS, the password policy.
 * It runs in the foreground and ends with the test.
 */
final class Slapd implements AutoCloseable {
    static final String ROOT = "cn=root,dc=example,dc=org";
    static final String ROOT_PASSWORD = "root secret";
    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    final int port;
    final int tlsPort;
    private Process process;

    Slapd(Path folder, String people) throws Exception {
        this.folder = folder;
        port = freePort();
        tlsPort = freePort();
        certify();
        Files.createDirectories(folder.resolve("db"));
        Files.writeString(folder.resolve("slapd.conf"), configuration());
        start();
        fill(people);
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    Path authority() {
        return folder.resolve("server.pem");
    }

    X509Certificate certificate() throws IOException, CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(authority())));
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void start() throws Exception {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-d",
                        "0",
                        "-h",
                        "ldap://127.0.0.1:" + port + "/ ldaps://127.0.0.1:" + tlsPort + "/",
                        "-f",
                        folder.resolve("slapd.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .start();
        awaitAnswer();
    }

    private void awaitAnswer() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (LDAPConnection connection = new LDAPConnection("127.0.0.1", port)) {
                connection.getRootDSE();
                return;
            } catch (LDAPException e) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw new IOException("slapd: " + Files.readString(folder.resolve("slapd.log")), e);
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    LDAPConnection root() throws LDAPException {
        return new LDAPConnection("127.0.0.1", port, ROOT, ROOT_PASSWORD);
    }

    void set(String dn, String attribute, String... values) throws LDAPException {
        try (LDAPConnection root = root()) {
            root.modify(dn, new Modification(ModificationType.REPLACE, attribute, values));
        }
    }

    private void fill(String people) throws Exception {
        try (LDAPConnection root = root();
                LDIFReader reader = new LDIFReader(new BufferedReader(new StringReader(people)))) {
            for (var entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                root.add(entry);
            }
        }
    }

    private String configuration() {
        return String.join(
                "\n",
                "include /etc/ldap/schema/core.schema",
                "include /etc/ldap/schema/cosine.schema",
                "include /etc/ldap/schema/nis.schema",
                "include /etc/ldap/schema/inetorgperson.schema",
                "modulepath /usr/lib/ldap",
                "moduleload back_mdb",
                "moduleload ppolicy",
                "pidfile " + folder.resolve("pid"),
                "TLSCertificateFile " + folder.resolve("server.pem"),
                "TLSCertificateKeyFile " + folder.resolve("server.key"),
                "disallow bind_anon",
                "database mdb",
                "maxsize 10485760",
                "suffix dc=example,dc=org",
                "rootdn " + ROOT,
                "rootpw \"" + ROOT_PASSWORD + "\"",
                "directory " + folder.resolve("db"),
                "overlay ppolicy",
                "ppolicy_default cn=policy,dc=example,dc=org",
                "access to attrs=userPassword by anonymous auth by * none",
                "access to * by dn.exact=cn=central,dc=example,dc=org read by * none",
                "");
    }

    private void certify() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=directory",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        folder.resolve("server.key").toString(),
                        "-out",
                        folder.resolve("server.pem").toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (openssl.waitFor() != 0) {
            throw new IOException("openssl: " + said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
