package org.cranny.client.central;

/** What central says about its realm; worth nothing before the signature under {@code realmKeys} is checked. @param certificate the authority's, PEM @param realmKeys signed, base64url */
public record Realm(String realm, String caFingerprint, String certificate, String realmKeys, String machinesUrl) {}
