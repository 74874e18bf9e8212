package org.cranny.protocol.enrollment;

import java.util.List;

/** The machine has joined. @param system its number @param certificates PEM, its own first, the authority last @param realmKeys signed {@code RealmKeys}, base64url @param machinesUrl where machines talk to central, or null where there is none @param allotment signed, base64url, or null when it is no source */
public record Enrolled(
        long system, String realm, List<String> certificates, String realmKeys, String machinesUrl, String allotment) {}
