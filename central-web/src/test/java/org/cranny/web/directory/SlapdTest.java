package org.cranny.web.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.policy.DirectoryGroups;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against OpenLDAP itself: StartTLS, LDAPS, pins, groups in groups, the password policy, hostile names. */
class SlapdTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path folder;

    private static Slapd slapd;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Slapd.isInstalled(), "slapd is not installed");
        slapd = new Slapd(folder, people());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (slapd != null) {
            slapd.close();
        }
    }

    @Test
    void knowsPeopleOverStartTlsAndLdapsWithTheGivenAuthority() {
        Found anna = new Found.Known(
                new Person("anna", Set.of("administrator", "auditor"), Set.of("anna@example.org", "a@example.org")));
        assertEquals(anna, startTls().authenticate("anna", PASSWORD));
        assertEquals(anna, startTls().look("Anna"));
        assertEquals(
                anna,
                directory(Map.of(
                                "url",
                                "ldaps://127.0.0.1:" + slapd.tlsPort,
                                "authority-file",
                                slapd.authority().toString()))
                        .authenticate("anna", PASSWORD));
        assertEquals(new Found.Refused(true), startTls().authenticate("anna", "wrong"));
    }

    @Test
    void believesThePinnedCertificateAndNoOther() throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(slapd.certificate().getEncoded());
        String pin = HexFormat.of().formatHex(digest);
        assertInstanceOf(Found.Known.class, directory(Map.of("pin", pin)).authenticate("anna", PASSWORD));
        String other = (pin.charAt(0) == '0' ? "1" : "0") + pin.substring(1);
        assertEquals(new Found.Away(), directory(Map.of("pin", other)).authenticate("anna", PASSWORD));
    }

    @Test
    void believesNoStrangersCertificate() {
        assertEquals(new Found.Away(), directory(Map.of()).authenticate("anna", PASSWORD));
        assertEquals(
                new Found.Away(),
                directory(Map.of("url", "ldaps://127.0.0.1:" + slapd.tlsPort)).authenticate("anna", PASSWORD));
        assertEquals(
                new Found.Away(),
                directory(Map.of(
                                "url",
                                "ldap://localhost:" + slapd.port,
                                "authority-file",
                                slapd.authority().toString()))
                        .authenticate("anna", PASSWORD));
    }

    @Test
    void findsGroupsInGroupsAndEndsInCircles() {
        Found bert = startTls().look("bert");
        assertEquals(new Found.Known(new Person("bert", Set.of("auditor", "helpdesk"), Set.of())), bert);
    }

    @Test
    void saysInWhichGroupsOwnersAreNestedOnesTooAndAsItSpellsThem() {
        assertEquals(
                new DirectoryGroups.Answer(
                        Map.of(
                                "ANNA@example.ORG",
                                Optional.of(Set.of("IT Staff", "auditor", "Everybody")),
                                "a@example.org",
                                Optional.of(Set.of("IT Staff", "auditor", "Everybody")),
                                "shared@example.org",
                                Optional.empty(),
                                "*@example.org",
                                Optional.empty(),
                                "nobody@example.org",
                                Optional.empty()),
                        null),
                startTls()
                        .memberships(List.of(
                                "ANNA@example.ORG",
                                "a@example.org",
                                "shared@example.org",
                                "*@example.org",
                                "nobody@example.org")));
    }

    @Test
    void saysNothingOfTheGroupsOfAClosedAccount() throws Exception {
        String erik = "uid=erik,ou=people,dc=example,dc=org";
        List<String> asked = List.of("erik@example.org");
        assertEquals(
                Map.of("erik@example.org", Optional.of(Set.of("Everybody"))),
                startTls().memberships(asked).groups());
        slapd.set(erik, "shadowExpire", "1");
        assertEquals(
                Map.of("erik@example.org", Optional.empty()),
                startTls().memberships(asked).groups());
    }

    @Test
    void whereGroupsCannotBeSearchedNothingIsSaidOfThemAndTheOthersAreAskedAbout() {
        Directory lost = directory(
                Map.of("authority-file", slapd.authority().toString(), "groups", "ou=elsewhere,dc=example,dc=org"));
        assertEquals(
                new DirectoryGroups.Answer(Map.of("nobody@example.org", Optional.empty()), null),
                lost.memberships(List.of("anna@example.org", "nobody@example.org")));
    }

    @Test
    void aClosedAccountIsRefusedWithItsPasswordAndWithout() throws Exception {
        String carl = "uid=carl,ou=people,dc=example,dc=org";
        assertInstanceOf(Found.Known.class, startTls().look("carl"));
        slapd.set(carl, "pwdAccountLockedTime", "000001010000Z");
        assertEquals(new Found.Refused(true), startTls().look("carl"));
        assertEquals(new Found.Refused(true), startTls().authenticate("carl", PASSWORD));
        slapd.set(carl, "pwdAccountLockedTime");
        assertInstanceOf(Found.Known.class, startTls().authenticate("carl", PASSWORD));
        slapd.set(carl, "shadowExpire", "1");
        assertEquals(new Found.Refused(true), startTls().authenticate("carl", PASSWORD));
        slapd.set(carl, "shadowExpire", "-1");
        assertInstanceOf(Found.Known.class, startTls().authenticate("carl", PASSWORD));
    }

    @Test
    void theDirectorysOwnLockIsAWrongPassword() {
        for (int i = 0; i < 4; i++) {
            assertEquals(new Found.Refused(true), startTls().authenticate("dora", "wrong"));
        }
        assertEquals(new Found.Refused(true), startTls().authenticate("dora", PASSWORD));
        assertEquals(new Found.Refused(true), startTls().look("dora"));
    }

    @Test
    void namesWithCharactersOfFiltersAndDistinguishedNamesAreNames() {
        assertInstanceOf(Found.Known.class, startTls().authenticate("o'neil (x), *=+<>#;\\", PASSWORD));
        assertInstanceOf(Found.Known.class, startTls().look("zo\u00eb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "anna)(uid=*",
                "*)(objectClass=*",
                "anna)(|(uid=*",
                "*)(uid=*))(|(uid=*",
                "\\61nna",
                "\\2a",
                "anna\\00",
                "#616e6e61",
                "uid=anna,ou=people,dc=example,dc=org",
                "anna,ou=people",
                "cn=central",
                "(uid=anna)",
                "&(uid=anna)",
                "${jndi:ldap://127.0.0.1/a}",
                "\u202eanna",
                "nobody"
            })
    void hostileNamesAreNobody(String name) {
        assertEquals(new Found.Refused(false), startTls().authenticate(name, PASSWORD));
    }

    @Test
    void anEmptyPasswordIsNoPasswordHereEither() {
        assertEquals(new Found.Away(), startTls().authenticate("anna", ""));
    }

    @Test
    void isAwayWhileItIsStoppedAndKnowsPeopleAgainAfterwards() throws Exception {
        slapd.stop();
        try {
            assertEquals(new Found.Away(), startTls().look("anna"));
            DirectoryGroups.Answer answer = startTls().memberships(List.of("anna@example.org"));
            assertEquals(Map.of(), answer.groups());
            assertNotNull(answer.trouble());
        } finally {
            slapd.start();
        }
        assertInstanceOf(Found.Known.class, startTls().look("anna"));
    }

    private static Directory startTls() {
        return directory(Map.of("authority-file", slapd.authority().toString()));
    }

    private static Directory directory(Map<String, String> more) {
        Map<String, String> values = new HashMap<>();
        values.put("cranny.ldap.url", "ldap://127.0.0.1:" + slapd.port);
        values.put("cranny.ldap.base", "dc=example,dc=org");
        more.forEach((name, value) -> values.put("cranny.ldap." + name, value));
        try {
            Path password = Files.writeString(folder.resolve("central-password"), "central secret\n");
            return new Directory(
                    new DirectorySettings(
                            Transport.read(LdapConfig.of(values)),
                            Naming.read(LdapConfig.of(values)),
                            new RoleGroups(Map.of("administrator", "cn=IT Staff,ou=groups,dc=example,dc=org")),
                            Optional.of("cn=central,dc=example,dc=org"),
                            Optional.of(password)),
                    Clock.systemUTC());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String people() {
        StringBuilder ldif = new StringBuilder();
        entry(ldif, "dc=example,dc=org", "objectClass: dcObject", "objectClass: organization", "o: example");
        entry(ldif, "ou=people,dc=example,dc=org", "objectClass: organizationalUnit");
        entry(ldif, "ou=groups,dc=example,dc=org", "objectClass: organizationalUnit");
        entry(
                ldif,
                "cn=policy,dc=example,dc=org",
                "objectClass: device",
                "objectClass: pwdPolicy",
                "pwdAttribute: userPassword",
                "pwdLockout: TRUE",
                "pwdMaxFailure: 3",
                "pwdLockoutDuration: 3600");
        entry(
                ldif,
                "cn=central,dc=example,dc=org",
                "objectClass: organizationalRole",
                "objectClass: simpleSecurityObject",
                "userPassword: central secret");
        person(ldif, "anna", "mail: anna@example.org", "mail: a@example.org");
        person(ldif, "bert");
        person(ldif, "carl", "objectClass: shadowAccount");
        person(ldif, "dora", "mail: shared@example.org");
        person(ldif, "erik", "objectClass: shadowAccount", "mail: erik@example.org");
        person(ldif, "zo\u00eb", "mail: shared@example.org");
        entry(
                ldif,
                "cn=O'Neil,ou=people,dc=example,dc=org",
                "objectClass: inetOrgPerson",
                "sn: x",
                "uid: o'neil (x), *=+<>#;\\",
                "userPassword: " + PASSWORD);
        group(ldif, "IT Staff", "uid=anna");
        group(ldif, "auditor", "uid=anna", "cn=inner,ou=groups");
        group(ldif, "inner", "uid=bert", "cn=outer,ou=groups");
        group(ldif, "outer", "cn=inner,ou=groups");
        group(ldif, "helpdesk", "cn=outer,ou=groups");
        group(ldif, "Everybody", "cn=IT Staff,ou=groups", "uid=erik");
        return ldif.toString();
    }

    private static void person(StringBuilder ldif, String name, String... more) {
        String[] lines = new String[3 + more.length];
        lines[0] = "objectClass: inetOrgPerson";
        lines[1] = "sn: x\ncn: x";
        lines[2] = "userPassword: " + PASSWORD;
        System.arraycopy(more, 0, lines, 3, more.length);
        entry(ldif, "uid=" + name + ",ou=people,dc=example,dc=org", lines);
    }

    private static void group(StringBuilder ldif, String name, String... members) {
        StringBuilder lines = new StringBuilder("objectClass: groupOfNames");
        for (String member : members) {
            String dn = member.startsWith("uid=") ? member + ",ou=people" : member;
            lines.append("\nmember: ").append(dn).append(",dc=example,dc=org");
        }
        entry(ldif, "cn=" + name + ",ou=groups,dc=example,dc=org", lines.toString());
    }

    private static void entry(StringBuilder ldif, String dn, String... lines) {
        ldif.append(base64("dn", dn)).append('\n');
        for (String line : String.join("\n", lines).split("\n")) {
            int colon = line.indexOf(": ");
            ldif.append(base64(line.substring(0, colon), line.substring(colon + 2)))
                    .append('\n');
        }
        ldif.append('\n');
    }

    private static String base64(String name, String value) {
        return name + ":: "
                + java.util.Base64.getEncoder().encodeToString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
