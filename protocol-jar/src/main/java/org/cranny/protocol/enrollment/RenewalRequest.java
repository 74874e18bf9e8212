package org.cranny.protocol.enrollment;

/** Asks for a new certificate for the key that the machine has. @param renewal a signed {@link Renewal}, base64url */
public record RenewalRequest(String renewal) {}
