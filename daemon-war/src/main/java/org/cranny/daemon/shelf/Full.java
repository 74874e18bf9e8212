package org.cranny.daemon.shelf;

import java.io.IOException;

/** Tells a full disk, which is normal, from a failing one, which is not. Java gives no number, only the text. */
final class Full {
    private Full() {}

    static boolean is(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
