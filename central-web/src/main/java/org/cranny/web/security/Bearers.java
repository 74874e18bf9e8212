package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.cranny.central.access.ApiToken;
import org.cranny.central.access.ApiTokens;
import org.cranny.central.access.Bearer;
import org.cranny.protocol.problem.ProblemException;

/** Lets programs act for people: a name and a password give a login of an hour, and each token is worth what its person is now. */
@ApplicationScoped
public class Bearers {
    @Inject
    People people;

    @Inject
    ApiTokens tokens;

    /**
     * Begins a login.
     *
     * @param from the address that it came from
     * @throws ProblemException NOT_LOGGED_IN, DIRECTORY_AWAY
     */
    public ApiToken begin(String name, String password, String from) {
        Entry entry = people.identify(name, password, from);
        if (entry instanceof Entry.Granted granted) {
            return tokens.begin(granted.identity().name(), granted.identity().roles());
        }
        throw new ProblemException(
                (entry instanceof Entry.Unknown ? Refusal.directoryAway() : Refusal.notLoggedIn()).problem());
    }

    /** Ends the login that this header shows. */
    public void end(String actor, String header) {
        BearerToken.parse(header == null ? "" : header).ifPresent(token -> tokens.end(actor, token.text()));
    }

    Entry identify(String token) {
        Optional<Bearer> bearer = tokens.find(token);
        if (bearer.isEmpty()) {
            return new Entry.Refused();
        }
        Entry entry = people.current(bearer.get().owner());
        Identity.Proof proof = bearer.get().reading() ? Identity.Proof.READING_TOKEN : Identity.Proof.TOKEN;
        return entry instanceof Entry.Granted granted
                ? new Entry.Granted(
                        granted.identity().through(proof, bearer.get().roles()))
                : entry;
    }
}
