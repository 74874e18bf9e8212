package org.cranny.protocol.anchor;

import java.util.List;

/** Anchors that a daemon keeps, the newest first. @param anchors signed {@link LogAnchor}s, base64url */
public record KeptAnchors(List<String> anchors) {}
