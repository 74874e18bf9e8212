package org.cranny.protocol.grant;

import org.cranny.protocol.octets.MalformedException;

/** What a grant allows. Codes are for ever; a daemon refuses those that it does not know. */
public enum Act {
    /** To read, list and prove fragments of a source that is not the caller. */
    READ(1);

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
