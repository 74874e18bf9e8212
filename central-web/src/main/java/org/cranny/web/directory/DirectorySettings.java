package org.cranny.web.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where the directory is and how it names things; keys begin with {@code cranny.ldap.}.
 *
 * @param bindDn who searches, empty for nobody in particular
 * @param bindPasswordFile read anew for each search, so that a password can be changed while central runs
 */
record DirectorySettings(
        Transport transport,
        Naming naming,
        RoleGroups roles,
        Optional<String> bindDn,
        Optional<Path> bindPasswordFile) {

    /** @throws IllegalStateException that names the setting which cannot be meant */
    static DirectorySettings read() {
        Config config = ConfigProvider.getConfig();
        boolean embedded = EmbeddedDirectory.isWanted(config);
        return new DirectorySettings(
                embedded ? Transport.embedded(EmbeddedDirectory.port(config)) : Transport.read(config),
                Naming.read(config),
                RoleGroups.read(config),
                embedded
                        ? Optional.of(EmbeddedDirectory.SEARCHER)
                        : config.getOptionalValue("cranny.ldap.bind-dn", String.class),
                config.getOptionalValue("cranny.ldap.bind-password-file", String.class)
                        .map(Path::of));
    }

    static String text(Config config, String key, String otherwise) {
        return config.getOptionalValue("cranny.ldap." + key, String.class)
                .map(String::strip)
                .orElse(otherwise);
    }

    String bindPassword() throws IOException {
        if (bindDn.filter(EmbeddedDirectory.SEARCHER::equals).isPresent()) {
            return EmbeddedDirectory.SEARCHER_PASSWORD;
        }
        return bindPasswordFile.isPresent()
                ? Files.readString(bindPasswordFile.get()).strip()
                : "";
    }
}
