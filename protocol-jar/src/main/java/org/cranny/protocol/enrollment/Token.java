package org.cranny.protocol.enrollment;

/** A fresh enrollment token; central keeps its hash only. @param expires ISO 8601 instant @param caFingerprint SHA-256 of the authority's certificate, hex */
public record Token(String token, String expires, String caFingerprint) {}
