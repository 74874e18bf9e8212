package org.cranny.web.directory;

/** What came of asking the directory about somebody. */
public sealed interface Found {
    /** There is such a person, the account is open and the password, if one was given, is theirs. */
    record Known(Person person) implements Found {}

    /** Wrong password, closed account, or nobody. @param exists whether there is anybody with this name */
    record Refused(boolean exists) implements Found {}

    /** The directory did not answer, or not as it should. Nobody is let in. */
    record Away() implements Found {}
}
