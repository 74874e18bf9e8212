package org.cranny.web.security;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * Somebody who proved who they are.
 *
 * @param name of a person, or {@code system:NUMBER}
 * @param mails mail addresses of a person, which name the machines that are theirs
 * @param proof by what
 */
record Identity(String name, Set<String> roles, Set<String> mails, Proof proof) implements Serializable {
    static final String SYSTEM_PREFIX = "system:";

    /** The attribute of a request under which its caller stands. */
    static final String ATTRIBUTE = "org.cranny.identity";

    /** How somebody proved who they are. */
    enum Proof {
        CERTIFICATE,
        PASSWORD,
        /** A token that may do what its person may. */
        TOKEN,
        /** A token that changes nothing. */
        READING_TOKEN
    }

    Identity {
        roles = Set.copyOf(new HashSet<>(roles));
        mails = Set.copyOf(new HashSet<>(mails));
    }

    static Identity machine(String name, Set<String> roles) {
        return new Identity(name, roles, Set.of(), Proof.CERTIFICATE);
    }

    static Identity person(String name, Set<String> roles, Set<String> mails) {
        return new Identity(name, roles, mails, Proof.PASSWORD);
    }

    /** The same person with fewer rights. */
    Identity through(Proof weaker, Set<String> scope) {
        Set<String> both = new HashSet<>(roles);
        both.retainAll(scope);
        return new Identity(name, both, mails, weaker);
    }

    boolean changesNothing() {
        return proof == Proof.READING_TOKEN;
    }

    boolean owns(String mail) {
        return mail != null && mails.stream().anyMatch(mail::equalsIgnoreCase);
    }
}
