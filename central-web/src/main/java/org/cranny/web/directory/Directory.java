package org.cranny.web.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cranny.central.policy.DirectoryGroups;

/**
 * Asks the directory who somebody is. It never lets anybody in by accident: whatever goes wrong means "no", and is logged.
 * Names are put into filters and distinguished names by the LDAP library, never by text.
 * The password is proved by a bind as the person found, and the account must be open afterwards.
 */
@ApplicationScoped
public class Directory implements DirectoryGroups {
    private static final System.Logger LOG = System.getLogger(Directory.class.getName());
    private static final Set<ResultCode> WRONG_PASSWORD = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM,
            ResultCode.INAPPROPRIATE_AUTHENTICATION);

    private static final String NOBODY = "nobody-" + UUID.randomUUID();

    private DirectorySettings settings;
    private Clock clock = Clock.systemUTC();
    private volatile String lastRefusal;

    protected Directory() {}

    Directory(DirectorySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @PostConstruct
    void configure() {
        settings = DirectorySettings.read();
    }

    /**
     * This person, when the password is theirs. The caller has refused empty passwords before. A name that nobody has
     * takes the same steps as one with another password, so that the time tells nothing.
     */
    public Found authenticate(String name, String password) {
        return ask(connection -> {
            Optional<SearchResultEntry> person = find(connection, named(name));
            boolean right = binds(person.map(SearchResultEntry::getDN).orElseGet(this::nobody), password);
            return person.isPresent() && right
                    ? known(connection, find(connection, named(name)))
                    : new Found.Refused(person.isPresent());
        });
    }

    /** Takes the steps that a wrong password takes, without a try at anybody's account. */
    public Found refuse(String name, String password) {
        return ask(connection -> {
            find(connection, named(name));
            binds(nobody(), password);
            return new Found.Refused(false);
        });
    }

    /** Where no entry is. */
    private String nobody() {
        Naming naming = settings.naming();
        return naming.nameAttribute() + "=" + NOBODY + "," + naming.people();
    }

    /** This person as the directory sees them now, without a password. */
    public Found look(String name) {
        return ask(connection -> known(connection, find(connection, named(name))));
    }

    private Filter named(String name) {
        return settings.naming().person(name);
    }

    private interface Question<T> {
        T ask(LDAPConnection connection) throws LDAPException, GeneralSecurityException, IOException;
    }

    private Found ask(Question<Found> question) {
        try {
            return converse(question);
        } catch (LDAPException e) {
            LOG.log(Level.WARNING, "The directory could not be asked: {0} {1}", e.getResultCode(), e.getMessage());
        } catch (GeneralSecurityException | IOException e) {
            LOG.log(Level.WARNING, "The directory could not be asked: {0}", e.getMessage());
        }
        return new Found.Away();
    }

    private <T> T converse(Question<T> question) throws LDAPException, GeneralSecurityException, IOException {
        try (LDAPConnection connection = settings.transport().connect()) {
            if (settings.bindDn().isPresent()) {
                connection.bind(settings.bindDn().get(), settings.bindPassword());
            }
            return question.ask(connection);
        }
    }

    /** Whom it cannot be asked about is said in the server's log when the reason is another one than the last time. */
    @Override
    public Answer memberships(Collection<String> owners) {
        Map<String, Optional<Set<String>>> groups = new HashMap<>();
        try {
            return converse(connection -> {
                for (String owner : owners) {
                    ask(connection, owner, groups);
                }
                return new Answer(groups, null);
            });
        } catch (LDAPException e) {
            return new Answer(groups, e.getResultCode() + " " + e.getMessage());
        } catch (GeneralSecurityException | IOException e) {
            return new Answer(groups, e.getMessage());
        }
    }

    /** One owner about whom it cannot be asked does not stand before the others. */
    private void ask(LDAPConnection connection, String owner, Map<String, Optional<Set<String>>> groups)
            throws LDAPException {
        try {
            groups.put(owner, groups(connection, owner));
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            if (!e.getMessage().equals(lastRefusal)) {
                LOG.log(
                        Level.WARNING,
                        "The directory could not be asked about the groups of {0}: {1} {2}",
                        owner,
                        e.getResultCode(),
                        e.getMessage());
            }
            lastRefusal = e.getMessage();
        }
    }

    private Optional<Set<String>> groups(LDAPConnection connection, String owner) throws LDAPException {
        Naming naming = settings.naming();
        Optional<SearchResultEntry> person = find(connection, naming.mailed(owner));
        return person.isPresent() && AccountState.isOpen(person.get(), clock.instant())
                ? Optional.of(new Groups(connection, naming).names(person.get().getDN()))
                : Optional.empty();
    }

    private Found known(LDAPConnection connection, Optional<SearchResultEntry> found) throws LDAPException {
        if (found.isEmpty() || !AccountState.isOpen(found.get(), clock.instant())) {
            return new Found.Refused(found.isPresent());
        }
        SearchResultEntry person = found.get();
        String[] mails = person.getAttributeValues(settings.naming().mailAttribute());
        return new Found.Known(new Person(
                person.getAttributeValue(settings.naming().nameAttribute()),
                settings.roles().roles(new Groups(connection, settings.naming()).of(person.getDN())),
                mails == null ? Set.of() : Set.of(mails)));
    }

    /** The one entry that this is so of; two are as good as none. */
    private Optional<SearchResultEntry> find(LDAPConnection connection, Filter who) throws LDAPSearchException {
        Naming naming = settings.naming();
        List<String> attributes = new ArrayList<>(List.of(AccountState.ATTRIBUTES));
        attributes.add(naming.nameAttribute());
        attributes.add(naming.mailAttribute());
        SearchRequest request =
                new SearchRequest(naming.people(), SearchScope.SUB, who, attributes.toArray(String[]::new));
        request.setSizeLimit(2);
        try {
            List<SearchResultEntry> found = connection.search(request).getSearchEntries();
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        } catch (LDAPSearchException e) {
            if (e.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean binds(String person, String password) throws LDAPException, GeneralSecurityException {
        try (LDAPConnection own = settings.transport().connect()) {
            return own.bind(person, password).getResultCode() == ResultCode.SUCCESS;
        } catch (LDAPException e) {
            if (WRONG_PASSWORD.contains(e.getResultCode())) {
                return false;
            }
            throw e;
        }
    }
}
