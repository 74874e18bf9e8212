package org.cranny.ear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;

/** People of the server under test: one in each role and in no other, and one in none. */
enum Person {
    OWNER,
    HELPDESK,
    ADMINISTRATOR,
    RECOVERY_OFFICER,
    AUDITOR,
    NOBODY;

    /** Their role, and by which name they log in. */
    String role() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String password() {
        return "password of " + role();
    }

    /** Has the directory of the home know them from its next start on. */
    static void employ(Path home) throws IOException {
        StringBuilder ldif = new StringBuilder();
        for (Person person : values()) {
            ldif.append("""
                    dn: uid=%1$s,ou=people,dc=cranny
                    objectClass: inetOrgPerson
                    uid: %1$s
                    cn: %1$s
                    sn: %1$s
                    mail: %1$s@example.org
                    userPassword: %2$s

                    """.formatted(person.role(), person.password()));
        }
        for (Person person : EnumSet.complementOf(EnumSet.of(NOBODY))) {
            ldif.append("""
                    dn: cn=%1$s,ou=groups,dc=cranny
                    objectClass: groupOfNames
                    cn: %1$s
                    member: uid=%1$s,ou=people,dc=cranny

                    """.formatted(person.role()));
        }
        Path file = home.resolve("people.ldif");
        Files.writeString(file, ldif);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
