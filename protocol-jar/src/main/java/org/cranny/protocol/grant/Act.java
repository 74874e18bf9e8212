package org.cranny.protocol.grant;

import org.cranny.protocol.octets.MalformedException;

/** What a grant allows. Codes are for ever; a daemon refuses those that it does not know. */
public enum Act {
    /** To read, list and prove fragments of a source that is not the caller. */
    READ(1),

    /** To have the daemon fetch fragments of a source from another daemon and keep them. */
    COPY(2),

    /** To move fragments into the daemon's trash, where nobody sees them. */
    TRASH(3),

    /** To bring fragments back out of the trash. */
    UNTRASH(4),

    /** To delete fragments that were in the trash for long enough; such a grant is good once. */
    DELETE(5);

    private final int code;

    Act(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Act of(int code) throws MalformedException {
        for (Act value : values()) {
            if (value.code == code) {
                return value;
            }
        }
        throw new MalformedException("there is no act " + code);
    }
}
