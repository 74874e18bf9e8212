package org.cranny.web.directory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
    @ParameterizedTest
    @CsvSource({
        "ldap://directory.example.org:389,none,cranny.ldap.security",
        "ldap://192.0.2.1:389,none,cranny.ldap.security",
        "ldap://127.0.0.1.example.org:389,none,cranny.ldap.security",
        "ldaps://127.0.0.1:636,none,cranny.ldap.security",
        "ldap://127.0.0.1:389,plain,cranny.ldap.security",
        "http://127.0.0.1:389,tls,cranny.ldap.url",
        "ldapi://127.0.0.1:389,tls,cranny.ldap.url",
        "127.0.0.1:389,tls,cranny.ldap.url"
    })
    void refusesPlainToAnotherMachineAndNamesTheSetting(String url, String security, String setting) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> read(url, security));
        assertTrue(refused.getMessage().startsWith(setting), refused.getMessage());
    }

    @Test
    void missingAddressIsNamed() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Transport.read(LdapConfig.of(Map.of())));
        assertTrue(refused.getMessage().startsWith("cranny.ldap.url"), refused.getMessage());
    }

    @Test
    void encryptsUnlessToldOtherwiseOnThisMachine() {
        assertFalse(read("ldap://directory.example.org:389", "tls").plain());
        assertTrue(read("ldap://127.0.0.1:389", "none").plain());
        assertFalse(Transport.read(LdapConfig.of(Map.of("cranny.ldap.url", "ldap://127.0.0.1")))
                .plain());
    }

    @Test
    void aPinIsSixtyFourDigits() {
        String colons = "AB:".repeat(31) + "AB";
        assertEquals("ab".repeat(32), PinnedCertificate.fingerprint(colons));
        assertThrows(IllegalStateException.class, () -> PinnedCertificate.fingerprint("ab".repeat(31)));
    }

    @Test
    void readySetsNameThingsAsTheirDirectoriesDo() {
        Naming active = Naming.read(
                LdapConfig.of(Map.of("cranny.ldap.kind", "active-directory", "cranny.ldap.base", "dc=example,dc=org")));
        assertEquals("dc=example,dc=org", active.people());
        assertEquals(
                "(&(&(objectClass=user)(objectCategory=person))(sAMAccountName=a\\2a\\28b))",
                active.person("a*(b").toString());
        assertEquals(
                "(member:1.2.840.113556.1.4.1941:=CN=Anna \\28x\\29,dc=example)",
                active.groupsOf("CN=Anna (x),dc=example").toString());
        Naming open = assertDoesNotThrow(() -> Naming.read(LdapConfig.of(Map.of())));
        assertEquals("(&(objectClass=person)(uid=anna))", open.person("anna").toString());
        assertThrows(
                IllegalStateException.class, () -> Naming.read(LdapConfig.of(Map.of("cranny.ldap.kind", "novell"))));
        assertThrows(
                IllegalStateException.class,
                () -> Naming.read(LdapConfig.of(Map.of("cranny.ldap.person-filter", "(broken"))));
    }

    @Test
    void rolesComeFromGroupsByNameOrDistinguishedName() {
        RoleGroups roles = new RoleGroups(
                Map.of("auditor", "Revision; CN=Audit Team, OU=Groups,DC=example", "administrator", "it"));
        assertEquals(Set.of("auditor"), roles.roles(Set.of("revision")));
        assertEquals(Set.of("auditor"), roles.roles(Set.of("cn=audit team,ou=groups,dc=example")));
        assertEquals(Set.of("administrator", "owner"), roles.roles(Set.of("it", "owner", "administrators")));
        assertEquals(Set.of(), roles.roles(Set.of("administrator")));
        assertThrows(IllegalStateException.class, () -> new RoleGroups(Map.of("owner", "cn=a,b")));
    }

    private static Transport read(String url, String security) {
        return Transport.read(LdapConfig.of(Map.of("cranny.ldap.url", url, "cranny.ldap.security", security)));
    }
}
