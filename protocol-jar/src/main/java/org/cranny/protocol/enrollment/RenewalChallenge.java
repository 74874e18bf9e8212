package org.cranny.protocol.enrollment;

/** What a machine signs to prove that it still has its key. @param challenge base64url, good for five minutes */
public record RenewalChallenge(String challenge) {}
