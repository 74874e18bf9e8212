package org.cranny.web.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real LDAP server: the embedded one, over its loopback port. */
class DirectoryTest {
    private static final String PASSWORD = "correct horse";

    private InMemoryDirectoryServer server;
    private Directory directory;

    @BeforeEach
    void start() throws LDAPException, LDIFException {
        server = EmbeddedDirectory.serve(0, PASSWORD);
        directory = new Directory(settings("ldap://127.0.0.1:" + server.getListenPort()));
    }

    @AfterEach
    void stop() {
        server.shutDown(true);
    }

    @Test
    void knowsAdminAndItsGroup() {
        assertEquals(Optional.of(Set.of("administrator")), directory.authenticate("admin", PASSWORD));
        assertEquals(Optional.of(Set.of("administrator")), directory.groupsOf("admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "correct horse ", "Correct Horse", "*"})
    void refusesWrongPassword(String password) {
        assertEquals(Optional.empty(), directory.authenticate("admin", password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "admin)(uid=*",
                "*)(objectClass=*",
                "admin,ou=people",
                "\\61dmin",
                "nobody",
                "cn=central"
            })
    void namesAreNotPartOfTheQuestion(String name) {
        assertEquals(Optional.empty(), directory.authenticate(name, PASSWORD));
    }

    @Test
    void strangersSeeNothing() throws LDAPException {
        try (LDAPConnection stranger = new LDAPConnection("127.0.0.1", server.getListenPort())) {
            assertThrows(
                    LDAPException.class,
                    () -> stranger.search(EmbeddedDirectory.BASE, SearchScope.SUB, "(objectClass=*)"));
        }
    }

    @Test
    void passwordIsNotKeptInClear() throws LDAPException {
        try (LDAPConnection central = new LDAPConnection("127.0.0.1", server.getListenPort())) {
            central.bind(EmbeddedDirectory.SEARCHER, EmbeddedDirectory.SEARCHER_PASSWORD);
            String kept = central.search(EmbeddedDirectory.BASE, SearchScope.SUB, "(uid=admin)", "userPassword")
                    .getSearchEntries()
                    .get(0)
                    .getAttributeValue("userPassword");
            assertEquals("{SSHA512}", kept.substring(0, 9));
        }
    }

    @Test
    void changesNothingFromOutside() throws LDAPException {
        try (LDAPConnection admin = new LDAPConnection("127.0.0.1", server.getListenPort())) {
            admin.bind("uid=admin,ou=people,dc=cranny", PASSWORD);
            assertThrows(LDAPException.class, () -> admin.delete("cn=administrator,ou=groups,dc=cranny"));
        }
    }

    @Test
    void directoryThatIsAwayLetsNobodyIn() {
        server.shutDown(true);
        assertEquals(Optional.empty(), directory.authenticate("admin", PASSWORD));
        assertEquals(Optional.empty(), directory.groupsOf("admin"));
    }

    private static DirectorySettings settings(String url) {
        return new DirectorySettings(
                url,
                "ou=people,dc=cranny",
                "ou=groups,dc=cranny",
                "person",
                "uid",
                "cn",
                "member",
                Optional.of(EmbeddedDirectory.SEARCHER),
                Optional.empty(),
                Optional.empty());
    }
}
