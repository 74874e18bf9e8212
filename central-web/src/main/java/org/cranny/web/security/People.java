package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.cranny.web.directory.Directory;

/** Knows people by name and password, from the directory; slows down whoever guesses. */
@ApplicationScoped
class People {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_PASSWORD = 1024;

    @Inject
    Directory directory;

    private final Attempts attempts = new Attempts(Clock.systemUTC());

    /** Who this is, when the password is theirs; {@code from} is the address it came from. No directory is asked about names and passwords that cannot be anybody's. */
    Optional<Identity> identify(String name, String password, String from) {
        if (!isPossibleName(name) || !isPossiblePassword(password)) {
            return Optional.empty();
        }
        String guesser = name + ":" + from;
        if (!attempts.mayTry(guesser)) {
            return Optional.empty();
        }
        Optional<Set<String>> groups = directory.authenticate(name, password);
        if (groups.isEmpty()) {
            attempts.failed(guesser);
            return Optional.empty();
        }
        attempts.succeeded(guesser);
        return Optional.of(identity(name, groups.get()));
    }

    /** The same person as the directory sees them now; empty when the account is gone or closed. */
    Optional<Identity> refresh(Identity identity) {
        return directory.groupsOf(identity.name()).map(groups -> identity(identity.name(), groups));
    }

    /** An empty password would be an anonymous bind, which directories accept for any name. */
    static boolean isPossiblePassword(String password) {
        return password != null
                && !password.isBlank()
                && password.indexOf('\0') < 0
                && password.length() <= LONGEST_PASSWORD;
    }

    static boolean isPossibleName(String name) {
        return name != null
                && !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.indexOf(':') < 0
                && name.chars().noneMatch(Character::isISOControl);
    }

    /** A directory's group that is named like a machine's role makes nobody a machine. */
    private static Identity identity(String name, Set<String> groups) {
        return new Identity(name, groups.contains(Roles.ADMINISTRATOR) ? Set.of(Roles.ADMINISTRATOR) : Set.of());
    }
}
