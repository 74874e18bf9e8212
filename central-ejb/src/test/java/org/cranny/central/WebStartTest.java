package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.cranny.central.installation.WebStart;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The link that starts the backup application: what it names, and in whose name that is signed. */
class WebStartTest {
    private static final String CENTRAL = "https://central.example.org:8081/cranny";
    private static final List<String> JARS =
            List.of("client-jar.jar", "lib/bcprov.jar", "lib/engine-jar.jar", "lib/releases.jar");

    @TempDir
    Path folder;

    private Bench bench() throws Exception {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        return new Bench(Databases.H2, folder, Map.of("cranny.packages", packages.toString()));
    }

    private static WebStart application(Bench bench) {
        return new WebStart(bench.central.authority, bench.central.settings);
    }

    @Test
    void theDocumentNamesTheJarsOfTheArchiveAndAsksForAllRights() throws Exception {
        try (Bench bench = bench()) {
            archive("1.2");
            String document = application(bench).document(CENTRAL);
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
            assertEquals(CENTRAL + "/api/v1/webstart/", root.getAttribute("codebase"));
            assertEquals(WebStart.DOCUMENT, root.getAttribute("href"));
            NodeList jars = root.getElementsByTagName("jar");
            List<String> named = new ArrayList<>();
            for (int i = 0; i < jars.getLength(); i++) {
                named.add(((Element) jars.item(i)).getAttribute("href"));
            }
            assertEquals(JARS, named);
            assertEquals("true", ((Element) jars.item(0)).getAttribute("main"));
            assertEquals(1, root.getElementsByTagName("all-permissions").getLength());
        }
    }

    @Test
    void eachJarIsSignedByTheRealmsSignerAndNobodyElse() throws Exception {
        try (Bench bench = bench()) {
            archive("1.2");
            WebStart application = application(bench);
            for (String name : JARS) {
                try (JarFile jar = new JarFile(application.jar(name).toFile(), true)) {
                    List<CodeSigner> signers = signersOfClasses(jar);
                    assertEquals(1, signers.size(), name);
                    List<? extends java.security.cert.Certificate> chain =
                            signers.get(0).getSignerCertPath().getCertificates();
                    X509Certificate signer = (X509Certificate) chain.get(0);
                    signer.verify(bench.central.authority.certificate().getPublicKey());
                    assertEquals(List.of("1.3.6.1.5.5.7.3.3"), signer.getExtendedKeyUsage());
                    assertEquals(null, signer.getSubjectAlternativeNames(), "a machine could take it for another one");
                    assertEquals(bench.central.authority.certificate(), chain.get(chain.size() - 1));
                    assertEquals(null, jar.getEntry("META-INF/OTHER.SF"));
                    assertTrue(jar.getEntry("META-INF/CRANNY.RSA") != null, "javaws takes no other kind of signature");
                }
            }
        }
    }

    @Test
    void aJarOfManyReleasesHasTheClassesForJava17WhereTheOthersAre() throws Exception {
        try (Bench bench = bench()) {
            archive("1.2");
            try (JarFile jar =
                    new JarFile(application(bench).jar("lib/releases.jar").toFile())) {
                assertEquals(
                        "META-INF/versions/16/org/cranny/A.class",
                        new String(
                                jar.getInputStream(jar.getEntry("org/cranny/A.class"))
                                        .readAllBytes(),
                                StandardCharsets.US_ASCII));
                assertTrue(jar.stream().noneMatch(entry -> entry.getName().startsWith("META-INF/versions")));
            }
        }
    }

    @Test
    void aChangedJarIsNotTakenForSigned() throws Exception {
        try (Bench bench = bench()) {
            archive("1.2");
            Path changed = Files.copy(application(bench).jar("client-jar.jar"), folder.resolve("changed.jar"));
            try (FileSystem inside = FileSystems.newFileSystem(changed)) {
                Files.writeString(inside.getPath("/org/cranny/A.class"), "another class");
            }
            try (JarFile jar = new JarFile(changed.toFile(), true)) {
                assertThrows(SecurityException.class, () -> signersOfClasses(jar));
            }
        }
    }

    @Test
    void signsOnceAndAgainWhenTheArchiveOrTheSignerIsAnotherOne() throws Exception {
        try (Bench bench = bench()) {
            Path first = archive("1.2");
            WebStart application = application(bench);
            Path jar = application.jar("client-jar.jar");
            assertEquals(jar, application(bench).jar("client-jar.jar"));
            Files.delete(first);
            archive("1.3");
            Path next = application.jar("client-jar.jar");
            assertFalse(Files.exists(jar), "the jars of an archive that is gone are kept");
            bench.clock.advance(Duration.ofDays(340));
            assertTrue(!application.jar("client-jar.jar").equals(next), "its certificate ends within a month");
        }
    }

    @Test
    void givesNothingThatTheArchiveHasNot() throws Exception {
        try (Bench bench = bench()) {
            WebStart application = application(bench);
            assertFalse(application.available());
            Bench.refused(ProblemKind.NO_PACKAGES, () -> application.document(CENTRAL));
            Bench.refused(ProblemKind.NO_PACKAGES, () -> application.jar("client-jar.jar"));
            archive("1.2");
            assertTrue(application.available());
            for (String name :
                    List.of("../../server.p12", "lib/../../../server.p12", "other.jar", "lib/other.jar", "")) {
                Bench.refused(ProblemKind.NOT_FOUND, () -> application.jar(name));
            }
        }
    }

    /** Reads all of it: signatures are checked while their entries are read. */
    private static List<CodeSigner> signersOfClasses(JarFile jar) throws IOException {
        List<CodeSigner> signers = new ArrayList<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            try (InputStream in = jar.getInputStream(entry)) {
                in.readAllBytes();
            }
            if (!entry.getName().startsWith("META-INF/")) {
                signers.addAll(List.of(entry.getCodeSigners() == null ? new CodeSigner[0] : entry.getCodeSigners()));
            }
        }
        return signers;
    }

    private Path archive(String version) throws IOException {
        Path file = folder.resolve("packages").resolve("cranny-" + version + "-linux-arm64.tar.gz");
        String top = "cranny-" + version + "-linux-arm64/";
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            put(tar, top + "bin/cranny", "a script".getBytes(StandardCharsets.US_ASCII));
            put(tar, top + "lib/client-jar.jar", jar());
            put(tar, top + "lib/lib/engine-jar.jar", jar());
            put(tar, top + "lib/lib/bcprov.jar", jar("META-INF/OTHER.SF", "META-INF/OTHER.RSA"));
            put(
                    tar,
                    top + "lib/lib/releases.jar",
                    jar(
                            "META-INF/versions/9/org/cranny/A.class",
                            "META-INF/versions/16/org/cranny/A.class",
                            "META-INF/versions/21/org/cranny/A.class"));
            put(tar, top + "runtime/lib/jrt-fs.jar", jar());
        }
        return file;
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] octets) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(octets.length);
        tar.putArchiveEntry(entry);
        tar.write(octets);
        tar.closeArchiveEntry();
    }

    private static byte[] jar(String... more) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.setLevel(0);
            for (String name : more) {
                jar.putNextEntry(new JarEntry(name));
                jar.write(name.getBytes(StandardCharsets.US_ASCII));
            }
            jar.putNextEntry(new JarEntry("org/cranny/A.class"));
            jar.write("the class".getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }
}
