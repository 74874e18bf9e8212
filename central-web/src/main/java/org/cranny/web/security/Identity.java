package org.cranny.web.security;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** Somebody who proved who they are. @param name of a person, or {@code system:NUMBER} */
record Identity(String name, Set<String> roles) implements Serializable {
    static final String SYSTEM_PREFIX = "system:";

    Identity {
        roles = Set.copyOf(new HashSet<>(roles));
    }
}
