package org.cranny.client.central;

import java.io.IOException;
import java.net.URI;

/** Somebody answers at central's address, and it is not central. Nothing was sent. */
public class UntrustedCentralException extends IOException {
    private static final long serialVersionUID = 1L;

    UntrustedCentralException(URI at, Throwable cause) {
        super(
                "The server at " + at + " is not central of this realm: " + cause.getMessage()
                        + ". Nothing was sent; check the address and ask your administrator.",
                cause);
    }
}
