package org.cranny.central.installation;

import java.util.Arrays;
import java.util.Optional;

/** What a machine can be made. */
public enum Role {
    /** Lends space. */
    DAEMON("daemon", "host", "cranny-daemon"),
    /** Is backed up. */
    SOURCE("source", "source", "cranny");

    private final String word;
    private final String enrolledAs;
    private final String program;

    Role(String word, String enrolledAs, String program) {
        this.word = word;
        this.enrolledAs = enrolledAs;
        this.program = program;
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }

    static Role ofProgram(String program) {
        return Arrays.stream(values())
                .filter(role -> role.program.equals(program))
                .findFirst()
                .orElseThrow();
    }

    /** As people and scripts write it. */
    public String word() {
        return word;
    }

    /** The role that its enrollment token gives. */
    String enrolledAs() {
        return enrolledAs;
    }

    /** Name of its program, and of its package. */
    String program() {
        return program;
    }
}
