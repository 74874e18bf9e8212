package org.cranny.protocol.octets;

/** Octets that are not what their format says; nothing read from them may be used. */
public class MalformedException extends Exception {
    public MalformedException(String message) {
        super(message);
    }
}
