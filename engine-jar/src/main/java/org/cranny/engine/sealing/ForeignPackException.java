package org.cranny.engine.sealing;

/** These keys do not open this pack: it belongs to another source, or to a class or generation that they leave out. */
public final class ForeignPackException extends PackException {
    private static final long serialVersionUID = 1L;

    ForeignPackException(String message) {
        super(message);
    }
}
