package org.cranny.web.security;

/** What came of a name and a password. */
sealed interface Entry {
    /** They are right. */
    record Granted(Identity identity) implements Entry {}

    /** Something is wrong, and nobody is told what: the name, the password, the account, or too many guesses. */
    record Refused() implements Entry {}

    /** The directory does not answer. */
    record Unknown() implements Entry {}
}
