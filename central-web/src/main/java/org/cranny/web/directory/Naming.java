package org.cranny.web.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import org.eclipse.microprofile.config.Config;

/**
 * How a directory names things.
 *
 * @param people where persons are searched
 * @param groups where groups are searched
 * @param persons which entries are persons, an LDAP filter
 * @param nameAttribute by which persons log in
 * @param groupAttribute a group's name
 * @param memberAttribute who is in a group, by distinguished name
 * @param chain whether the directory itself follows groups in groups (Active Directory's matching rule)
 */
record Naming(
        String people,
        String groups,
        Filter persons,
        String nameAttribute,
        String mailAttribute,
        String groupAttribute,
        String memberAttribute,
        boolean chain) {
    private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

    static Naming read(Config config) {
        return switch (DirectorySettings.text(config, "kind", "openldap")) {
            case "openldap" -> openLdap(config);
            case "active-directory" -> activeDirectory(config);
            default -> throw new IllegalStateException("cranny.ldap.kind is openldap or active-directory");
        };
    }

    private static Naming openLdap(Config config) {
        String base = base(config);
        return read(config, "ou=people," + base, "ou=groups," + base, "(objectClass=person)", "uid", false);
    }

    private static Naming activeDirectory(Config config) {
        String base = base(config);
        return read(config, base, base, "(&(objectClass=user)(objectCategory=person))", "sAMAccountName", true);
    }

    private static String base(Config config) {
        return DirectorySettings.text(config, "base", EmbeddedDirectory.BASE);
    }

    private static Naming read(
            Config config, String people, String groups, String persons, String name, boolean chain) {
        return new Naming(
                DirectorySettings.text(config, "people", people),
                DirectorySettings.text(config, "groups", groups),
                filter(DirectorySettings.text(config, "person-filter", persons)),
                DirectorySettings.text(config, "name-attribute", name),
                DirectorySettings.text(config, "mail-attribute", "mail"),
                DirectorySettings.text(config, "group-attribute", "cn"),
                DirectorySettings.text(config, "member-attribute", "member"),
                chain);
    }

    private static Filter filter(String text) {
        try {
            return Filter.create(text);
        } catch (LDAPException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("cranny.ldap.person-filter is no LDAP filter: " + e.getMessage(), e);
        }
    }

    /** Persons with this name, whatever characters it has. */
    Filter person(String name) {
        return Filter.createANDFilter(persons, Filter.createEqualityFilter(nameAttribute, name));
    }

    /** Persons with this mail address. */
    Filter mailed(String mail) {
        return Filter.createANDFilter(persons, Filter.createEqualityFilter(mailAttribute, mail));
    }

    /** Groups that this entry is in; directly, unless the directory follows the chain. */
    Filter groupsOf(String dn) {
        return chain
                ? Filter.createExtensibleMatchFilter(memberAttribute, IN_CHAIN, false, dn)
                : Filter.createEqualityFilter(memberAttribute, dn);
    }
}
