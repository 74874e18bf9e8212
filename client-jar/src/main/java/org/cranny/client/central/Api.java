package org.cranny.client.central;

import java.net.URI;

/** Where central's resources stand below an address that people were given. */
final class Api {
    private static final String BASE = "/api/v1";

    private Api() {}

    static URI of(URI central) {
        String text = central.toString();
        int end = text.length();
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(text.substring(0, end) + BASE);
    }

    static URI of(URI central, String path) {
        return URI.create(of(central) + "/" + path);
    }
}
