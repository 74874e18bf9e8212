package org.cranny.web.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.SocketFactory;

/**
 * Asks the directory who somebody is. It never lets anybody in by accident: whatever goes wrong means "no", and is logged.
 * Names are put into filters and distinguished names by the LDAP library, never by text.
 * The password is proved by a bind as the person found; a directory that closes an account refuses that bind.
 */
@ApplicationScoped
public class Directory {
    private static final System.Logger LOG = System.getLogger(Directory.class.getName());
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;

    private DirectorySettings settings;

    protected Directory() {}

    Directory(DirectorySettings settings) {
        this.settings = settings;
    }

    @PostConstruct
    void configure() {
        settings = DirectorySettings.read();
    }

    /** The groups of this person, when the password is theirs. The caller has refused empty passwords before. */
    public Optional<Set<String>> authenticate(String name, String password) {
        return ask(connection -> {
            Optional<String> person = find(connection, name);
            return person.isPresent() && binds(person.get(), password)
                    ? Optional.of(groups(connection, person.get()))
                    : Optional.empty();
        });
    }

    /** The groups of this person now; empty when there is no such person any more. */
    public Optional<Set<String>> groupsOf(String name) {
        return ask(connection -> {
            Optional<String> person = find(connection, name);
            return person.isPresent() ? Optional.of(groups(connection, person.get())) : Optional.empty();
        });
    }

    private interface Question {
        Optional<Set<String>> ask(LDAPConnection connection)
                throws LDAPException, GeneralSecurityException, IOException;
    }

    private Optional<Set<String>> ask(Question question) {
        try (LDAPConnection connection = connect()) {
            if (settings.bindDn().isPresent()) {
                connection.bind(settings.bindDn().get(), settings.bindPassword());
            }
            return question.ask(connection);
        } catch (LDAPException e) {
            LOG.log(Level.WARNING, "The directory could not be asked: {0}", e.getResultCode());
        } catch (GeneralSecurityException | IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "The directory could not be asked: {0}", e.getMessage());
        }
        return Optional.empty();
    }

    private LDAPConnection connect() throws LDAPException, GeneralSecurityException, IOException {
        LDAPURL url = new LDAPURL(settings.url());
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(ANSWER_MILLIS);
        options.setFollowReferrals(false);
        SocketFactory sockets = url.getScheme().equals("ldaps") ? settings.tls() : SocketFactory.getDefault();
        options.setSSLSocketVerifier(settings.hostNameVerifier());
        return new LDAPConnection(sockets, options, url.getHost(), url.getPort());
    }

    /** The one entry with this name; two are as good as none. */
    private Optional<String> find(LDAPConnection connection, String name) throws LDAPSearchException {
        Filter filter = Filter.createANDFilter(
                Filter.createEqualityFilter("objectClass", settings.personClass()),
                Filter.createEqualityFilter(settings.nameAttribute(), name));
        List<SearchResultEntry> found = connection
                .search(settings.people(), SearchScope.SUB, filter, settings.nameAttribute())
                .getSearchEntries();
        return found.size() == 1 ? Optional.of(found.get(0).getDN()) : Optional.empty();
    }

    private boolean binds(String person, String password) throws LDAPException, GeneralSecurityException, IOException {
        try (LDAPConnection own = connect()) {
            return own.bind(person, password).getResultCode() == ResultCode.SUCCESS;
        } catch (LDAPException e) {
            if (e.getResultCode() == ResultCode.INVALID_CREDENTIALS) {
                return false;
            }
            throw e;
        }
    }

    private Set<String> groups(LDAPConnection connection, String person) throws LDAPSearchException {
        Filter member = Filter.createEqualityFilter(settings.memberAttribute(), person);
        Set<String> names = new TreeSet<>();
        for (SearchResultEntry group : connection
                .search(settings.groups(), SearchScope.SUB, member, settings.groupAttribute())
                .getSearchEntries()) {
            names.add(group.getAttributeValue(settings.groupAttribute()));
        }
        return names;
    }
}
