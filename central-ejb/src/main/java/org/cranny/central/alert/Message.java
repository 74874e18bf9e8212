package org.cranny.central.alert;

import java.time.Instant;

/**
 * What goes through a channel.
 *
 * @param id the same at every attempt, so that a receiver knows a message that came twice
 * @param subject one line
 * @param body text for a mail, JSON for a webhook
 */
record Message(String id, String subject, String body, Instant made) {}
