package org.cranny.web.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;
import org.eclipse.microprofile.config.Config;

/** What a directory says of an account, and what an administrator says of the directory. */
public final class DirectoryReaders {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

    private DirectoryReaders() {}

    public static List<Reader> all() {
        return List.of(
                Reader.of(
                        "account",
                        LDIFException.class,
                        Texts.seeds("uid: anna\npwdStartTime: 20200101000000Z\n"
                                + "pwdEndTime: 20400101000000Z\nshadowExpire: 99999\nnsAccountLock: false\n"
                                + "userAccountControl: 512\naccountExpires: 133700000000000000\n"),
                        octets -> AccountState.isOpen(entry(octets), NOW)),
                Reader.of(
                        "directory-settings",
                        IllegalStateException.class,
                        Texts.seeds(
                                "cranny.ldap.base=dc=x\ncranny.ldap.person-filter=(&(objectClass=person)(uid=*))\n"
                                        + "cranny.ldap.kind=openldap\ncranny.roles.owner=cn=all,dc=x;people\n",
                                "cranny.ldap.kind=active-directory\ncranny.ldap.pin=" + "ab:".repeat(31) + "ab\n"),
                        DirectoryReaders::settings));
    }

    /** An empty line is more than the library's reader of entries bears. */
    private static Entry entry(byte[] attributes) throws LDIFException {
        return new Entry(Stream.concat(
                        Stream.of("dn: uid=anna,ou=people,dc=x"),
                        Texts.text(attributes).lines().filter(line -> !line.isBlank()))
                .toArray(String[]::new));
    }

    private static void settings(byte[] octets) {
        Map<String, String> settings = new HashMap<>();
        for (String line : Texts.text(octets).lines().toList()) {
            String[] parts = line.split("=", 2);
            settings.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        Config config = LdapConfig.of(settings);
        Naming.read(config).person("anna*)(uid=*");
        RoleGroups.read(config);
        if (settings.containsKey("cranny.ldap.pin")) {
            PinnedCertificate.fingerprint(settings.get("cranny.ldap.pin"));
        }
    }
}
