package org.cranny.web.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** Which groups of the directory give which role; without a setting the group that is named like the role. */
final class RoleGroups {
    private static final Map<String, String> SETTINGS = Map.of(
            "owner", "cranny.roles.owner",
            "helpdesk", "cranny.roles.helpdesk",
            "administrator", "cranny.roles.administrator",
            "recovery-officer", "cranny.roles.recovery-officer",
            "auditor", "cranny.roles.auditor");

    private final Map<String, Set<String>> groups = new HashMap<>();

    RoleGroups(Map<String, String> settings) {
        SETTINGS.forEach((role, setting) -> groups.put(role, groups(setting, settings.getOrDefault(role, role))));
    }

    static RoleGroups read(Config config) {
        Map<String, String> set = new HashMap<>();
        SETTINGS.forEach((role, setting) ->
                config.getOptionalValue(setting, String.class).ifPresent(text -> set.put(role, text)));
        return new RoleGroups(set);
    }

    /** Names or distinguished names, with semicolons between. */
    private static Set<String> groups(String setting, String text) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> names.add(name.contains("=") ? distinguished(setting, name) : lower(name)));
        return names;
    }

    private static String distinguished(String setting, String name) {
        try {
            return lower(new DN(name).toNormalizedString());
        } catch (LDAPException e) {
            throw new IllegalStateException(setting + ": " + name + " is no distinguished name", e);
        }
    }

    /** @param names and distinguished names of groups, in lower case */
    Set<String> roles(Set<String> names) {
        Set<String> roles = new TreeSet<>();
        groups.forEach((role, wanted) -> {
            if (wanted.stream().anyMatch(names::contains)) {
                roles.add(role);
            }
        });
        return roles;
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
