package org.cranny.protocol.anchor;

/** Has a daemon keep an anchor. @param anchor signed {@link LogAnchor}, base64url */
public record AnchorOrder(String anchor) {}
