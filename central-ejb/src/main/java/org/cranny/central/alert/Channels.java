package org.cranny.central.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.central.settings.Settings;

/** The ways to people that were set: mail, and webhooks. */
@ApplicationScoped
public class Channels {
    private final Settings settings;
    private final Clock clock;
    private final Map<String, Channel> byName;

    protected Channels() {
        this.settings = null;
        this.clock = null;
        this.byName = Map.of();
    }

    @Inject
    public Channels(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.byName = Map.of(
                MailChannel.NAME, new MailChannel(settings), WebhookChannel.NAME, new WebhookChannel(settings, clock));
    }

    /** A channel and where it leads. @param recipient of a mail, or null for the administrators */
    record Way(String channel, String target, String recipient) {
        Way(String channel, String target) {
            this(channel, target, null);
        }

        /** What may be shown of the target: a webhook's path may be a secret. */
        String shown() {
            if (!channel.equals(MailChannel.NAME)) {
                return WebhookChannel.host(target);
            }
            return recipient == null ? target : target + " to " + recipient;
        }
    }

    /** @param failure why it was not taken, null when it was */
    public record Trial(String channel, String target, boolean delivered, String failure) {}

    List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        settings.mailServer().ifPresent(server -> ways.add(new Way(MailChannel.NAME, server)));
        settings.webhookUrls().forEach(url -> ways.add(new Way(WebhookChannel.NAME, url)));
        return ways;
    }

    void send(Way way, Message message) throws IOException {
        byName.get(way.channel()).send(way.target(), message);
    }

    /** Sends a trial through every channel now. @return what came of each; nothing when no channel is set */
    public List<Trial> tryAll(String actor) {
        Instant now = clock.instant();
        List<Trial> trials = new ArrayList<>();
        for (Way way : ways()) {
            String body = way.channel().equals(MailChannel.NAME) ? trialText(actor) : trialJson(now);
            try {
                send(way, new Message("cranny-trial-" + now.toEpochMilli(), null, "Cranny: a trial", body, now));
                trials.add(new Trial(way.channel(), way.shown(), true, null));
            } catch (IOException e) {
                trials.add(new Trial(way.channel(), way.shown(), false, e.getMessage()));
            }
        }
        return trials;
    }

    private static String trialText(String actor) {
        return "This is a trial that " + actor + " asked for. Alerts reach you this way; there is nothing to do.\n";
    }

    private static String trialJson(Instant now) {
        return "{\"cranny\":\"trial\",\"format\":1,\"time\":\"" + now + "\"}";
    }
}
