package org.cranny.client.machine;

import org.cranny.engine.backup.CatalogueAwayException;

/** There is no central in this machine's realm, so nothing can be asked of it. */
public final class NoCentralException extends CatalogueAwayException {
    private static final long serialVersionUID = 1L;

    NoCentralException() {
        super(
                "This realm has no central. A newer list of hosts comes as a file: cranny master-file import FILE, or"
                        + " cranny join BUNDLE.",
                null);
    }
}
