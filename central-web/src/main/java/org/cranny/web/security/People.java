package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.cranny.central.log.AuditLog;
import org.cranny.web.directory.Directory;
import org.cranny.web.directory.Found;
import org.cranny.web.directory.Person;

/**
 * Knows people from the directory: by name and password, and for five minutes afterwards without asking again, so that
 * whoever is shut out there is out here within five minutes, whatever they had in hand. Slows down whoever guesses: a
 * name after five failures, an address after thirty, and who guesses cannot see that they are slowed down.
 */
@ApplicationScoped
class People {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_PASSWORD = 1024;
    private static final int FREE_FOR_A_NAME = 5;
    private static final int FREE_FOR_AN_ADDRESS = 30;
    private static final Duration TRUSTED = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;

    private record Checked(Identity identity, Instant at) {}

    private final Directory directory;
    private final AuditLog log;
    private final Clock clock;
    private final Attempts names;
    private final Attempts addresses;
    private final Map<String, Checked> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Checked> eldest) {
            return size() > REMEMBERED;
        }
    };

    protected People() {
        this(null, null, Clock.systemUTC());
    }

    @Inject
    People(Directory directory, AuditLog log, Clock clock) {
        this.directory = directory;
        this.log = log;
        this.clock = clock;
        names = new Attempts(FREE_FOR_A_NAME, clock);
        addresses = new Attempts(FREE_FOR_AN_ADDRESS, clock);
    }

    /** Who this is, when the password is theirs; {@code from} is the address it came from. No directory is asked about names and passwords that cannot be anybody's. */
    Entry identify(String name, String password, String from) {
        if (!isPossibleName(name) || !isPossiblePassword(password)) {
            return new Entry.Refused();
        }
        String guessed = name.strip().toLowerCase(Locale.ROOT);
        if (!names.mayTry(guessed) || !addresses.mayTry(from)) {
            return directory.refuse(name, password) instanceof Found.Away ? new Entry.Unknown() : new Entry.Refused();
        }
        Found found = directory.authenticate(name, password);
        if (found instanceof Found.Known right && isPossibleName(right.person().name())) {
            names.succeeded(guessed);
            addresses.succeeded(from);
            return new Entry.Granted(remember(right.person()));
        }
        if (found instanceof Found.Away) {
            return new Entry.Unknown();
        }
        failed(guessed, from, found instanceof Found.Refused refused && refused.exists());
        return new Entry.Refused();
    }

    /** A name that nobody has may be a password in the wrong field: it is written nowhere. */
    private void failed(String guessed, String from, boolean exists) {
        String whom = exists ? guessed : "a name that nobody has";
        if (names.failed(guessed)) {
            log.append("central", "login locked", whom, "too many wrong passwords, the last one from " + from);
        }
        if (addresses.failed(from)) {
            log.append("central", "login locked", from, "too many wrong passwords, the last one for " + whom);
        }
    }

    /** A person as the directory saw them at most five minutes ago; refused when the account is gone or closed by now. */
    Entry current(String name) {
        Checked checked = checked(name);
        Instant now = clock.instant();
        if (checked != null
                && !now.isBefore(checked.at())
                && now.isBefore(checked.at().plus(TRUSTED))) {
            return new Entry.Granted(checked.identity());
        }
        Found found = directory.look(name);
        if (found instanceof Found.Known still && still.person().name().equals(name)) {
            return new Entry.Granted(remember(still.person()));
        }
        forget(name);
        return found instanceof Found.Away ? new Entry.Unknown() : new Entry.Refused();
    }

    private synchronized Checked checked(String name) {
        return known.get(name);
    }

    private synchronized Identity remember(Person person) {
        Identity identity = Identity.person(person.name(), person.roles(), person.mails());
        known.put(person.name(), new Checked(identity, clock.instant()));
        return identity;
    }

    private synchronized void forget(String name) {
        known.remove(name);
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
}
