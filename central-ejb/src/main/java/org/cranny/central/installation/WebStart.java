package org.cranny.central.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.central.authority.Authority;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * The backup application for people who start it from a link, as Java Web Start does (JSR 56): a document that names jars,
 * and the jars, signed in the realm's name. They come out of the portable archive in {@code cranny.packages}; signed ones
 * are kept in {@code webstart} of central's home, which may go at any time, and made anew when the archive or the signer is
 * another one.
 */
@ApplicationScoped
public class WebStart {
    /** Name of the document. */
    public static final String DOCUMENT = "window.jnlp";

    private static final Pattern JAR = Pattern.compile("(lib/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.jar");
    private static final String MAIN = "client-jar.jar";

    private final Authority authority;
    private final Settings settings;

    protected WebStart() {
        this(null, null);
    }

    @Inject
    public WebStart(Authority authority, Settings settings) {
        this.authority = authority;
        this.settings = settings;
    }

    /** Whether there is a backup application to start. */
    public boolean available() {
        return archive() != null;
    }

    /**
     * The document.
     *
     * @param central as whoever asks found it, {@code https://host:port/cranny}
     * @throws ProblemException NO_PACKAGES, BAD_REQUEST
     */
    public String document(String central) {
        String base = Wanted.central(central).toString();
        StringBuilder jars = new StringBuilder();
        for (String jar : jars(signed())) {
            jars.append("    <jar href=\"").append(jar).append(jar.equals(MAIN) ? "\" main=\"true\"/>\n" : "\"/>\n");
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <jnlp spec="1.0+" codebase="%1$s/api/v1/webstart/" href="%2$s">
                  <information>
                    <title>Cranny</title>
                    <vendor>Cranny %3$s</vendor>
                    <homepage href="%1$s/"/>
                    <description>Your backups: how they are, your files, and the way back.</description>
                  </information>
                  <security><all-permissions/></security>
                  <resources>
                    <j2se version="17+" max-heap-size="256m"/>
                %4$s  </resources>
                  <application-desc main-class="org.cranny.client.cli.Main"><argument>window</argument></application-desc>
                </jnlp>
                """.formatted(base, DOCUMENT, authority.realm(), jars);
    }

    /**
     * A jar that the document names.
     *
     * @throws ProblemException NOT_FOUND, NO_PACKAGES
     */
    public Path jar(String name) {
        if (JAR.matcher(name).matches()) {
            Path jar = signed().resolve(name);
            if (Files.isRegularFile(jar)) {
                return jar;
            }
        }
        throw new ProblemException(ProblemKind.NOT_FOUND, "there is no such jar");
    }

    private static List<String> jars(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Packages.Archive archive() {
        Path folder = settings.packages().filter(Files::isDirectory).orElse(null);
        for (String arch : folder == null ? List.<String>of() : Packages.ARCHES) {
            try {
                return new Packages(folder).find(Role.SOURCE, arch);
            } catch (IOException none) {
                // Its jars are the same for every processor, so any archive will do.
                continue;
            }
        }
        return null;
    }

    /** The folder of signed jars, which are of the archive that is there now. */
    private synchronized Path signed() {
        Packages.Archive archive = archive();
        if (archive == null) {
            throw new ProblemException(ProblemKind.NO_PACKAGES, "central has no backup application to start");
        }
        try {
            KeyStore.PrivateKeyEntry signer = authority.codeSigner();
            Path all = settings.home().resolve("webstart");
            Path folder = all.resolve(name(archive, (X509Certificate) signer.getCertificate()));
            if (!Files.isDirectory(folder)) {
                SignedJars.make(archive.file(), signer, folder);
                SignedJars.deleteOthers(all, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the backup application in " + archive.file() + " cannot be signed", e);
        }
    }

    private static String name(Packages.Archive archive, X509Certificate signer) throws IOException {
        return archive.version() + "-" + Files.size(archive.file()) + "-"
                + Files.getLastModifiedTime(archive.file()).toMillis() + "-"
                + signer.getSerialNumber().toString(Character.MAX_RADIX);
    }
}
