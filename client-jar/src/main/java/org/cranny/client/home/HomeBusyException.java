package org.cranny.client.home;

/** Another process has the home just now; it may be tried again later. */
public class HomeBusyException extends HomeException {
    private static final long serialVersionUID = 1L;

    public HomeBusyException(String message) {
        super(message);
    }
}
