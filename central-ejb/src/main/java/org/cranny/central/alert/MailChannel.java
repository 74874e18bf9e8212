package org.cranny.central.alert;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.cranny.central.settings.Settings;

/**
 * Plain text by SMTP. Unless encryption was switched off by name, the connection is encrypted and the server's name is
 * checked, or nothing is sent; a password never goes over a connection that is not encrypted.
 */
final class MailChannel implements Channel {
    static final String NAME = "mail";

    private static final Pattern SERVER = Pattern.compile("(.+):([0-9]{1,5})");
    private static final String TIMEOUT_MILLIS = "15000";

    private final Settings settings;

    MailChannel(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void send(String target, Message message) throws IOException {
        try {
            MimeMessage mail = new Numbered(session(target), message.id());
            mail.setFrom(
                    address(settings.mailFrom().orElseThrow(() -> new IOException("cranny.mail.from is not set"))));
            List<String> to = message.recipient() == null ? settings.mailTo() : List.of(message.recipient());
            if (to.isEmpty()) {
                throw new IOException("cranny.mail.to names nobody");
            }
            for (String each : to) {
                mail.addRecipient(RecipientType.TO, address(each));
            }
            mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
            mail.setText(message.body(), StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(message.made()));
            mail.setHeader("Auto-Submitted", "auto-generated");
            Transport.send(mail);
        } catch (MessagingException e) {
            throw new IOException(oneLine(e), e);
        }
    }

    private Session session(String target) throws IOException {
        Matcher server = SERVER.matcher(target);
        if (!server.matches()) {
            throw new IOException("cranny.mail.server is written host:port, not " + target);
        }
        String security = settings.mailSecurity();
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", server.group(1));
        properties.setProperty("mail.smtp.port", server.group(2));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(security.equals("starttls")));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(security.equals("starttls")));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(security.equals("tls")));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (settings.mailAuthorityFile().isPresent()) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    trusting(settings.mailAuthorityFile().get()).getSocketFactory());
        }
        if (settings.mailUser().isEmpty()) {
            return Session.getInstance(properties);
        }
        if (security.equals("none")) {
            throw new IOException("cranny.mail.user needs an encrypted connection: set cranny.mail.security");
        }
        properties.setProperty("mail.smtp.auth", "true");
        PasswordAuthentication login =
                new PasswordAuthentication(settings.mailUser().get(), password());
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return login;
            }
        });
    }

    private String password() throws IOException {
        Path file = settings.mailPasswordFile()
                .orElseThrow(() -> new IOException("cranny.mail.password-file is not set, and there is a user"));
        return Files.readString(file).strip();
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cranny.mail.authority-file has no certificate in it", e);
        }
    }

    private static InternetAddress address(String text) throws IOException {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IOException("this is no mail address: " + text, e);
        }
    }

    private static String oneLine(MessagingException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String text = String.valueOf(deepest.getMessage());
        return text.lines().findFirst().orElse(deepest.getClass().getSimpleName());
    }

    /** Has the same number at every attempt. */
    private static final class Numbered extends MimeMessage {
        private final String id;

        Numbered(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@cranny>");
        }
    }
}
