package org.cranny.central.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an installation sets of mail and webhooks. */
public interface MailSettings {
    Values values();

    /** Where mail is given to, {@code host:port}; nothing: no mail is sent. */
    default Optional<String> mailServer() {
        return values().text("cranny.mail.server");
    }

    /** {@code starttls}, {@code tls} or {@code none}. */
    default String mailSecurity() {
        return values().oneOf("cranny.mail.security", "starttls", "tls", "none");
    }

    default Optional<String> mailUser() {
        return values().text("cranny.mail.user");
    }

    default Optional<Path> mailPasswordFile() {
        return values().path("cranny.mail.password-file");
    }

    /** Who signs the mail server's certificate (PEM); nothing: Java's own authorities. */
    default Optional<Path> mailAuthorityFile() {
        return values().path("cranny.mail.authority-file");
    }

    default Optional<String> mailFrom() {
        return values().text("cranny.mail.from");
    }

    /** Who gets mail. */
    default List<String> mailTo() {
        return values().list("cranny.mail.to");
    }

    /** Where alerts are posted to. */
    default List<String> webhookUrls() {
        return values().list("cranny.webhook.urls");
    }

    /** The secret under which webhooks are signed. */
    default Optional<Path> webhookSecretFile() {
        return values().path("cranny.webhook.secret-file");
    }

    /** Whether webhooks may go to addresses of private networks. */
    default boolean webhookPrivateAddresses() {
        return values().oneOf("cranny.webhook.private-addresses", "false", "true")
                .equals("true");
    }
}
