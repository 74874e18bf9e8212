package org.cranny.web.directory;

import com.unboundid.ldap.listener.Base64PasswordEncoderOutputFormatter;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.InMemoryPasswordEncoder;
import com.unboundid.ldap.listener.SaltedMessageDigestInMemoryPasswordEncoder;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A real LDAP server in memory for small installations and the first minutes of every other one: one person,
 * {@code admin}, in the groups {@code administrator} and {@code recovery-officer}, and whoever stands in {@code people.ldif}
 * in central's home (LDIF, below {@code dc=cranny}, read when the server starts). It listens on loopback only and answers binds and searches only.
 * Runs when {@code cranny.ldap.embedded=true}; the password is read from {@code secrets/admin-password} in central's home.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class EmbeddedDirectory {
    static final String BASE = "dc=cranny";
    /** Who searches: central itself, with a password that only this process ever knew. Nobody else may search. */
    static final String SEARCHER = "cn=central";

    static final String SEARCHER_PASSWORD = fresh();

    private static final String ADMIN = "uid=admin,ou=people," + BASE;
    private static final String MEMBER = "member";
    private static final List<String> GROUPS = List.of("administrator", "recovery-officer");

    private InMemoryDirectoryServer server;

    static boolean isWanted(Config config) {
        return config.getOptionalValue("cranny.ldap.embedded", Boolean.class).orElse(false);
    }

    static int port(Config config) {
        return config.getValue("cranny.ldap.port", Integer.class);
    }

    @PostConstruct
    void start() {
        Config config = ConfigProvider.getConfig();
        if (!isWanted(config)) {
            DirectorySettings.read();
            return;
        }
        Path home = Path.of(config.getValue("cranny.home", String.class));
        try {
            server = serve(
                    port(config),
                    Files.readString(home.resolve("secrets").resolve("admin-password"))
                            .strip());
            addPeople(server, home.resolve("people.ldif"));
        } catch (IOException | LDAPException | LDIFException e) {
            throw new IllegalStateException("The embedded directory did not start: " + e.getMessage(), e);
        }
    }

    @PreDestroy
    void stop() {
        if (server != null) {
            server.shutDown(true);
        }
    }

    static InMemoryDirectoryServer serve(int port, String password) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("loopback", InetAddress.getLoopbackAddress(), port, null));
        config.setAllowedOperationTypes(Set.of(OperationType.BIND, OperationType.SEARCH, OperationType.UNBIND));
        config.setAuthenticationRequiredOperationTypes(Set.of(OperationType.SEARCH));
        config.addAdditionalBindCredentials(SEARCHER, SEARCHER_PASSWORD);
        config.setPasswordEncoders(encoder());
        config.setMaxConnections(100);
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        fill(server, password);
        server.startListening();
        return server;
    }

    /** Nobody, when there is no such file. What it says may not replace what is there already. */
    static void addPeople(InMemoryDirectoryServer server, Path people)
            throws IOException, LDAPException, LDIFException {
        if (!Files.notExists(people)) {
            try (LDIFReader reader = new LDIFReader(people.toFile())) {
                for (Entry entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                    add(server, entry);
                }
            }
        }
    }

    /** Members of a group that is there already join it; anything else that is there already is refused. */
    private static void add(InMemoryDirectoryServer server, Entry entry) throws LDAPException {
        if (entry.hasAttribute(MEMBER) && server.getEntry(entry.getDN()) != null) {
            server.modify(
                    entry.getDN(), new Modification(ModificationType.ADD, MEMBER, entry.getAttributeValues(MEMBER)));
        } else {
            server.add(entry);
        }
    }

    private static InMemoryPasswordEncoder encoder() {
        try {
            return new SaltedMessageDigestInMemoryPasswordEncoder(
                    "{SSHA512}",
                    Base64PasswordEncoderOutputFormatter.getInstance(),
                    MessageDigest.getInstance("SHA-512"),
                    16,
                    true,
                    true);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fresh() {
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    private static void fill(InMemoryDirectoryServer server, String password) throws LDAPException, LDIFException {
        server.add("dn: " + BASE, "objectClass: domain", "dc: cranny");
        server.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
        server.add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
        server.add(
                "dn: " + ADMIN,
                "objectClass: inetOrgPerson",
                "uid: admin",
                "cn: Administrator",
                "sn: Administrator",
                "userPassword: " + password);
        for (String group : GROUPS) {
            server.add(
                    "dn: cn=" + group + ",ou=groups," + BASE,
                    "objectClass: groupOfNames",
                    "cn: " + group,
                    "member: " + ADMIN);
        }
    }
}
