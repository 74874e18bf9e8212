package org.cranny.web.directory;

import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLSocketVerifier;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllSSLSocketVerifier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where the directory is and how it names things; keys begin with {@code cranny.ldap.}.
 *
 * @param url {@code ldap://host:port} or {@code ldaps://host:port}
 * @param people where persons are searched
 * @param groups where groups are searched
 * @param bindDn who searches, empty for nobody in particular
 */
record DirectorySettings(
        String url,
        String people,
        String groups,
        String personClass,
        String nameAttribute,
        String groupAttribute,
        String memberAttribute,
        Optional<String> bindDn,
        Optional<Path> bindPasswordFile,
        Optional<File> authorityFile) {

    static DirectorySettings read() {
        Config config = ConfigProvider.getConfig();
        String base = text(config, "base", EmbeddedDirectory.BASE);
        return new DirectorySettings(
                EmbeddedDirectory.isWanted(config)
                        ? "ldap://127.0.0.1:" + EmbeddedDirectory.port(config)
                        : config.getValue("cranny.ldap.url", String.class),
                text(config, "people", "ou=people," + base),
                text(config, "groups", "ou=groups," + base),
                text(config, "person-class", "person"),
                text(config, "name-attribute", "uid"),
                text(config, "group-attribute", "cn"),
                text(config, "member-attribute", "member"),
                EmbeddedDirectory.isWanted(config)
                        ? Optional.of(EmbeddedDirectory.SEARCHER)
                        : config.getOptionalValue("cranny.ldap.bind-dn", String.class),
                config.getOptionalValue("cranny.ldap.bind-password-file", String.class)
                        .map(Path::of),
                config.getOptionalValue("cranny.ldap.authority-file", String.class)
                        .map(File::new));
    }

    private static String text(Config config, String key, String otherwise) {
        return config.getOptionalValue("cranny.ldap." + key, String.class).orElse(otherwise);
    }

    String bindPassword() throws IOException {
        if (bindDn.filter(EmbeddedDirectory.SEARCHER::equals).isPresent()) {
            return EmbeddedDirectory.SEARCHER_PASSWORD;
        }
        return bindPasswordFile.isPresent()
                ? Files.readString(bindPasswordFile.get()).strip()
                : "";
    }

    /** Trusts the authority in {@code cranny.ldap.authority-file} (PEM), or the ones that Java brings along. */
    SSLSocketFactory tls() throws GeneralSecurityException, IOException {
        return authorityFile.isPresent()
                ? new SSLUtil(new PEMFileTrustManager(authorityFile.get())).createSSLSocketFactory()
                : (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    /** Over TLS the certificate must be for the host we asked for; without TLS there is none to check. */
    SSLSocketVerifier hostNameVerifier() {
        return url.startsWith("ldaps:")
                ? new HostNameSSLSocketVerifier(false)
                : TrustAllSSLSocketVerifier.getInstance();
    }
}
