package org.cranny.client.realm;

import org.cranny.protocol.masterfile.Host;

/**
 * A machine of the realm.
 *
 * @param number in the realm, from 2: 1 is central's, and there is none
 * @param role {@code host} or {@code source}
 * @param key its public key, SubjectPublicKeyInfo in base64
 * @param address of a host's daemon, else null
 * @param domain failure domain of a host, else null
 * @param quotaBytes that a host lends, else 0
 * @param listed whether a host stands in the master file
 * @param certificateExpires ISO 8601 instant; null for a host of another realm, which renews it
 * @param identity of a host that belongs to another realm, {@code cranny:REALM:NUMBER}, else null
 * @param authority fingerprint of that realm's authority, hexadecimal, else null
 */
public record Member(
        long number,
        String name,
        String role,
        String key,
        String address,
        String domain,
        long quotaBytes,
        boolean listed,
        String certificateExpires,
        String identity,
        String authority) {
    static final String HOST = "host";
    static final String SOURCE = "source";

    public boolean isHost() {
        return HOST.equals(role);
    }

    /** As the master file lists it. What is free is not measured here: a host that is full says so itself. */
    Host host() {
        String where = domain == null ? "host:" + number : domain;
        return new Host(
                number,
                name,
                address,
                quotaBytes,
                quotaBytes,
                1,
                "unknown",
                where,
                Host.State.ACCEPTING,
                identity,
                authority);
    }

    Member changed(String newAddress, long newQuotaBytes, String newDomain) {
        return new Member(
                number,
                name,
                role,
                key,
                newAddress,
                newDomain,
                newQuotaBytes,
                true,
                certificateExpires,
                identity,
                authority);
    }

    Member dropped() {
        return new Member(
                number, name, role, key, address, domain, quotaBytes, false, certificateExpires, identity, authority);
    }
}
