package org.cranny.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One person of each role in the realm's own directory, and one of none; each has their role as name. */
final class Staff {
    static final List<String> ROLES = List.of("owner", "helpdesk", "administrator", "recovery-officer", "auditor");
    static final String NOBODY = "nobody";

    private Staff() {}

    static String password(String name) {
        return "password of " + name;
    }

    static String mail(String name) {
        return name + "@example.org";
    }

    /** They are known from the next start of central on. @param home of central, which need not be there yet */
    static void employ(Path home) {
        Path people = home.resolve("people.ldif");
        if (!Files.exists(people)) {
            try {
                Files.createDirectories(home);
                Files.writeString(people, ldif());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String ldif() {
        StringBuilder ldif = new StringBuilder();
        List<String> names = new ArrayList<>(ROLES);
        names.add(NOBODY);
        for (String name : names) {
            ldif.append("dn: uid=").append(name).append(",ou=people,dc=cranny\n");
            ldif.append("objectClass: inetOrgPerson\nuid: ").append(name).append("\ncn: x\nsn: x\nmail: ");
            ldif.append(mail(name))
                    .append("\nuserPassword: ")
                    .append(password(name))
                    .append("\n\n");
        }
        for (String role : ROLES) {
            ldif.append("dn: cn=").append(role).append(",ou=groups,dc=cranny\nobjectClass: groupOfNames\ncn: ");
            ldif.append(role).append("\nmember: uid=").append(role).append(",ou=people,dc=cranny\n\n");
        }
        return ldif.toString();
    }
}
