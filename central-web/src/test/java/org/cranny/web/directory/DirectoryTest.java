package org.cranny.web.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.policy.DirectoryGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real LDAP server: the embedded one, over its loopback port. */
class DirectoryTest {
    private static final String PASSWORD = "correct horse";

    private static final int MOST_CONNECTIONS = 100;

    private InMemoryDirectoryServer server;
    private Directory directory;

    @BeforeEach
    void start() throws LDAPException, LDIFException {
        server = EmbeddedDirectory.serve(0, PASSWORD);
        directory = new Directory(settings(server.getListenPort()), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.shutDown(true);
    }

    @Test
    void knowsAdminAndItsRolesAsTheDirectorySpellsThem() {
        Person admin = new Person("admin", Set.of("administrator", "recovery-officer"), Set.of());
        assertEquals(new Found.Known(admin), directory.authenticate("admin", PASSWORD));
        assertEquals(new Found.Known(admin), directory.authenticate("ADMIN", PASSWORD));
        assertEquals(new Found.Known(admin), directory.look("admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "correct horse ", "Correct Horse", "*"})
    void refusesWrongPassword(String password) {
        assertEquals(new Found.Refused(true), directory.authenticate("admin", password));
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
                "cn=central",
                "admin)(|(uid=*",
                "*)(uid=*))(|(uid=*",
                "admin)(!(uid=x)",
                "admin\\2a",
                "\\2a",
                "admin\\00",
                "#61646d696e",
                "uid=admin,ou=people,dc=cranny",
                "dn:uid=admin,ou=people,dc=cranny",
                "admin/../admin",
                "(uid=admin)",
                "&(uid=admin)",
                "ad\u00admin",
                "\uff41dmin",
                "admi\u0145",
                "\u202eadmin",
                "' or 1=1 --",
                "${jndi:ldap://127.0.0.1/a}",
                "admin\\,ou=people"
            })
    void namesAreNotPartOfTheQuestion(String name) {
        assertEquals(new Found.Refused(false), directory.authenticate(name, PASSWORD));
    }

    @Test
    void knowsWhomTheFileOfPeopleNamesAndKeepsItsOwnAdministrator(@TempDir Path folder) throws Exception {
        Path people = folder.resolve("people.ldif");
        EmbeddedDirectory.addPeople(server, people);
        Files.writeString(people, """
                dn: uid=olga,ou=people,dc=cranny
                objectClass: inetOrgPerson
                uid: olga
                cn: Olga
                sn: Olga
                mail: olga@example.org
                userPassword: her own

                dn: cn=owner,ou=groups,dc=cranny
                objectClass: groupOfNames
                cn: owner
                member: uid=olga,ou=people,dc=cranny

                dn: cn=administrator,ou=groups,dc=cranny
                objectClass: groupOfNames
                cn: administrator
                member: uid=olga,ou=people,dc=cranny
                """);
        EmbeddedDirectory.addPeople(server, people);
        assertEquals(
                new Found.Known(new Person("olga", Set.of("administrator", "owner"), Set.of("olga@example.org"))),
                directory.authenticate("olga", "her own"));
        assertInstanceOf(Found.Known.class, directory.authenticate("admin", PASSWORD));
        for (int i = 0; i < 2 * MOST_CONNECTIONS; i++) {
            assertEquals(
                    new DirectoryGroups.Answer(
                            Map.of("Olga@example.org", Optional.of(Set.of("administrator", "owner"))), null),
                    directory.memberships(List.of("Olga@example.org")),
                    "each conversation ends");
        }
        Files.writeString(
                people, "dn: uid=admin,ou=people,dc=cranny\nobjectClass: inetOrgPerson\ncn: x\nsn: x\nuid: x\n");
        assertThrows(LDAPException.class, () -> EmbeddedDirectory.addPeople(server, people));
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
        assertEquals(new Found.Away(), directory.authenticate("admin", PASSWORD));
        assertEquals(new Found.Away(), directory.look("admin"));
    }

    private static DirectorySettings settings(int port) {
        return new DirectorySettings(
                Transport.embedded(port),
                Naming.read(LdapConfig.of(Map.of())),
                new RoleGroups(Map.of()),
                Optional.of(EmbeddedDirectory.SEARCHER),
                Optional.empty());
    }
}
