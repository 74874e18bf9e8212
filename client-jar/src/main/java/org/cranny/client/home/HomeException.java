package org.cranny.client.home;

import java.io.IOException;

/** The home folder is not as it must be; the message says what is wrong and what to do. */
public class HomeException extends IOException {
    private static final long serialVersionUID = 1L;

    public HomeException(String message) {
        super(message);
    }

    public HomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
