package org.cranny.protocol.signing;

import org.cranny.protocol.octets.MalformedException;

/** A signature that does not belong to its payload and key. */
public class ForgedException extends MalformedException {
    public ForgedException(String message) {
        super(message);
    }
}
