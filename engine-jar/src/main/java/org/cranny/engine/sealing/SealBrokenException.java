package org.cranny.engine.sealing;

/** Sealed octets were changed, cut, moved or come from another pack; none of them were released. */
public final class SealBrokenException extends PackException {
    private static final long serialVersionUID = 1L;

    SealBrokenException(String message) {
        super(message);
    }

    SealBrokenException(Section section, int frame, Throwable cause) {
        super("the seal of " + section + " is broken in frame " + frame, cause);
    }
}
