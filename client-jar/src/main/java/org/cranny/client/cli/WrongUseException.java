package org.cranny.client.cli;

/** What was typed cannot be meant; the message says why and what to type. */
final class WrongUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongUseException(String message) {
        super(message);
    }
}
