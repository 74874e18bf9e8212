package org.cranny.engine.placement;

import java.io.IOException;

/** Fewer hosts take new fragments, in fewer failure domains, than a pack needs. */
public class NotEnoughHostsException extends IOException {
    private static final long serialVersionUID = 1L;

    public NotEnoughHostsException(String message) {
        super(message);
    }
}
