package org.cranny.client.cli;

/** Something was not done now because a rule said so; nothing is wrong. */
final class PostponedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PostponedException(String message) {
        super(message);
    }
}
