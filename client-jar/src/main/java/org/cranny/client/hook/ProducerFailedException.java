package org.cranny.client.hook;

import java.io.IOException;

/** A command whose output was to be backed up did not do what it should; the message says which and why. */
public class ProducerFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    ProducerFailedException(String program, String reason) {
        super("The command " + program + " " + reason + ".");
    }
}
