package org.cranny.client.masterfile;

import java.io.IOException;

/** A master file that is not believed; the one kept before stays. */
public class MasterFileRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    MasterFileRefusedException(String reason, Throwable cause) {
        super("The master file was refused: " + reason + ". Nothing was changed; tell your administrator.", cause);
    }
}
