package org.cranny.central.alert;

import java.time.Instant;

/**
 * What goes through a channel.
 *
 * @param id the same at every attempt, so that a receiver knows a message that came twice
 * @param subject one line
 * @param recipient mail address, or null for the administrators; webhooks have one target each
 * @param body text for a mail, JSON for a webhook
 */
record Message(String id, String recipient, String subject, String body, Instant made) {}
