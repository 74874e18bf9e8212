package org.cranny.client.hook;

import java.io.IOException;

/** A command of the user did not do what it should; the message says which and why. */
public class HookFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    HookFailedException(String name, Hook hook, String reason) {
        super("The " + name + " hook " + hook + " " + reason + ".");
    }
}
