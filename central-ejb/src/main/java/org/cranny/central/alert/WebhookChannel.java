package org.cranny.central.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.http.Exchange;

/**
 * Posts JSON, signed. Goes to https only, or to http on this machine; follows no redirect; reaches no address of a
 * private network unless that was allowed.
 */
final class WebhookChannel implements Channel {
    static final String NAME = "webhook";
    static final String SIGNATURE = "Cranny-Signature";
    static final String DELIVERY = "Cranny-Delivery";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int FEWEST_SECRET_CHARACTERS = 16;
    private static final int SUCCESS_CLASS = 2;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;

    private final Settings settings;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    WebhookChannel(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void send(String target, Message message) throws IOException {
        URI url = checked(target);
        long time = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header(DELIVERY, message.id())
                .header(SIGNATURE, "t=" + time + ",v1=" + sign(secret(), time, message.body()))
                .POST(HttpRequest.BodyPublishers.ofString(message.body()))
                .build();
        try {
            HttpResponse<InputStream> answer =
                    Exchange.send(client, request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            if (answer.statusCode() / 100 != SUCCESS_CLASS) {
                throw new IOException("it answered " + answer.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            throw new IOException(e.getMessage() == null ? "it cannot be reached" : e.getMessage(), e);
        }
    }

    /** HMAC-SHA256, hex, of the time, a full stop and the body. */
    static String sign(byte[] secret, long time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI checked(String target) throws IOException {
        try {
            URI url = URI.create(target);
            if (url.getHost() == null || url.getUserInfo() != null) {
                throw new IOException("a webhook is written https://host/path");
            }
            InetAddress[] addresses = InetAddress.getAllByName(url.getHost());
            boolean own = Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress);
            if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && own)) {
                throw new IOException("a webhook goes to https, or to http on this machine");
            }
            if (!own
                    && !settings.webhookPrivateAddresses()
                    && Arrays.stream(addresses).anyMatch(WebhookChannel::isPrivate)) {
                throw new IOException(
                        "it is an address of a private network: allow it with" + " cranny.webhook.private-addresses");
            }
            return url;
        } catch (UnknownHostException e) {
            throw new IOException("nobody knows the host of the webhook", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("a webhook is written https://host/path", e);
        }
    }

    /** The part of an address that may be shown: its path may be a secret. */
    static String host(String target) {
        try {
            return String.valueOf(URI.create(target).getHost());
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        return address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || octets.length == 4 && (octets[0] == 0 || octets[0] == 100 && (octets[1] & 0xc0) == 64)
                || octets.length == 16 && (octets[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    }

    private byte[] secret() throws IOException {
        Path file = settings.webhookSecretFile()
                .orElseThrow(
                        () -> new IOException("cranny.webhook.secret-file is not set: webhooks are always signed"));
        String secret = Files.readString(file).strip();
        if (secret.length() < FEWEST_SECRET_CHARACTERS) {
            throw new IOException("the secret of webhooks has at least " + FEWEST_SECRET_CHARACTERS + " characters");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
