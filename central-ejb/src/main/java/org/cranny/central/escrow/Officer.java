package org.cranny.central.escrow;

/** Somebody who shall keep a share. @param key public, X25519, 32 octets in base64 */
public record Officer(String name, String key) {}
