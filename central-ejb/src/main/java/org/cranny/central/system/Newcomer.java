package org.cranny.central.system;

import java.security.PublicKey;
import java.util.Set;

/**
 * A machine that is about to join.
 *
 * @param roles some of {@code source}, {@code host}, {@code monitor}; or {@code source} and {@code device}
 * @param token number of the enrollment token it came with, 0 without any
 * @param address of its daemon, null unless it is a host
 * @param failureDomain label, or null
 */
public record Newcomer(
        String name, Set<String> roles, PublicKey key, long token, String address, String failureDomain) {}
