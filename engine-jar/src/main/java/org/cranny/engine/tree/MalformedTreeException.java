package org.cranny.engine.tree;

import java.io.IOException;

/** These octets are no directory node of a version we know. Trying again does not help. */
public final class MalformedTreeException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedTreeException(String reason) {
        super("malformed directory node: " + reason);
    }
}
