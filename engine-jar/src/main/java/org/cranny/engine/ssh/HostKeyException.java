package org.cranny.engine.ssh;

import java.io.IOException;
import java.util.List;

/** A machine showed a key that nobody said is its own. Nothing was sent to it. */
public final class HostKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> shown;

    HostKeyException(SshAddress address, List<String> shown, IOException cause) {
        super(
                "The machine at " + address + " has another host key than the one given: " + String.join(", ", shown)
                        + ". Nothing was sent; ask its owner which one is right.",
                cause);
        this.shown = shown;
    }

    /** Kind and fingerprint of each key that it showed. */
    public List<String> shown() {
        return shown;
    }
}
