package org.cranny.web.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups that somebody is in, those in which these are, and so on: at most 10 steps and 1,000 groups, each asked about
 * once, so that circles end. What lies beyond is not seen, which gives fewer rights and never more.
 */
final class Groups {
    private static final int MOST_STEPS = 10;
    private static final int MOST_GROUPS = 1_000;
    private static final int AT_ONCE = 50;

    private final LDAPConnection connection;
    private final Naming naming;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> spelled = new TreeSet<>();

    Groups(LDAPConnection connection, Naming naming) {
        this.connection = connection;
        this.naming = naming;
    }

    /** Names and distinguished names, in lower case. */
    Set<String> of(String person) throws LDAPException {
        find(person);
        return names;
    }

    /** Names alone, as the directory spells them. */
    Set<String> names(String person) throws LDAPException {
        find(person);
        return spelled;
    }

    private void find(String person) throws LDAPException {
        List<String> step = List.of(person);
        for (int i = 0; i < (naming.chain() ? 1 : MOST_STEPS) && !step.isEmpty(); i++) {
            step = containing(step);
        }
    }

    private List<String> containing(List<String> members) throws LDAPException {
        List<String> found = new ArrayList<>();
        for (int from = 0; from < members.size(); from += AT_ONCE) {
            List<Filter> any = members.subList(from, Math.min(members.size(), from + AT_ONCE)).stream()
                    .map(naming::groupsOf)
                    .toList();
            SearchRequest request = new SearchRequest(
                    naming.groups(), SearchScope.SUB, Filter.createORFilter(any), naming.groupAttribute());
            for (SearchResultEntry group : connection.search(request).getSearchEntries()) {
                if (seen.size() < MOST_GROUPS
                        && seen.add(RoleGroups.lower(group.getParsedDN().toNormalizedString()))) {
                    found.add(group.getDN());
                    name(group);
                }
            }
        }
        return found;
    }

    private void name(SearchResultEntry group) throws LDAPException {
        names.add(RoleGroups.lower(group.getParsedDN().toNormalizedString()));
        String name = group.getAttributeValue(naming.groupAttribute());
        if (name != null) {
            names.add(RoleGroups.lower(name));
            spelled.add(name);
        }
    }
}
