package org.cranny.bench;

/** A person who owns some of the seeded machines and has no other role; the embedded directory knows them. */
final class Owner {
    static final String NAME = "owner";
    static final String PASSWORD = "password of owner";

    /** The mail address is one that {@link Run#owner} gives. */
    static final String LDIF = """
            dn: uid=owner,ou=people,dc=cranny
            objectClass: inetOrgPerson
            uid: owner
            cn: Owner
            sn: Owner
            mail: person1@example.org
            userPassword: password of owner

            dn: cn=owner,ou=groups,dc=cranny
            objectClass: groupOfNames
            cn: owner
            member: uid=owner,ou=people,dc=cranny
            """;

    private Owner() {}
}
