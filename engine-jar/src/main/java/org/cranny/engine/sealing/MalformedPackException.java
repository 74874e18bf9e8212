package org.cranny.engine.sealing;

/** Octets that should be part of a pack break the rules of the format ({@code docs/format/pack.md}). */
public final class MalformedPackException extends PackException {
    private static final long serialVersionUID = 1L;

    public MalformedPackException(String message) {
        super(message);
    }

    public MalformedPackException(String message, Throwable cause) {
        super(message, cause);
    }
}
