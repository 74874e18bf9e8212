package org.cranny.daemon.identity;

import java.security.cert.X509Certificate;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;

/**
 * A realm other than the daemon's own, whose sources may keep fragments here.
 *
 * @param quota the most that is kept for all its sources together, as the owner wrote it, such as {@code 20G}; null for
 *     whatever is lent
 */
record Issuer(RealmId realm, X509Certificate authority, RealmKeys keys, String quota) {}
