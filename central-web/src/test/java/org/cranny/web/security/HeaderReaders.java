package org.cranny.web.security;

import java.util.List;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** What requests show of those who send them. */
public final class HeaderReaders {
    private HeaderReaders() {}

    public static List<Reader> all() {
        return List.of(new Reader(
                "login-header",
                List.of(),
                Texts.seeds(
                        "Basic YW5uYTpzZWNyZXQ=", "Bearer abc", "https://central.example:8443", "https://[::1]:8443"),
                octets -> {
                    String header = Texts.text(octets);
                    BasicCredential.parse(header);
                    BearerToken.parse(header);
                    Origin.isOwn(header, "central.example", 8443);
                }));
    }
}
