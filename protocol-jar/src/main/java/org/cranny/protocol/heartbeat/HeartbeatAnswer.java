package org.cranny.protocol.heartbeat;

import java.util.List;

/** What a host is told. @param time central's clock, epoch second @param intervalSeconds until the next report @param realmKeys signed, base64url @param revoked numbers of systems whose certificates are no longer good @param probe peers to look at before the next report @param revokedKeys SHA-256, hex, of public keys that other keys of the same systems replaced @param lending what the host's owner asked for at central; null leaves everything as it is @param upgrade whether central has something to tell its program: report it again @param damages of the damages in the report, so many from its beginning on are on central's disk: they need not be told again */
public record HeartbeatAnswer(
        long time,
        int intervalSeconds,
        String realmKeys,
        List<Long> revoked,
        List<Peer> probe,
        List<String> revokedKeys,
        LendingLimit lending,
        boolean upgrade,
        int damages) {

    /** The same, with or without a sign that central has something to tell the program. */
    public HeartbeatAnswer withUpgrade(boolean waits) {
        return new HeartbeatAnswer(
                time, intervalSeconds, realmKeys, revoked, probe, revokedKeys, lending, waits, damages);
    }

    /** The same, with the number of damages that were taken. */
    public HeartbeatAnswer withDamages(int taken) {
        return new HeartbeatAnswer(
                time, intervalSeconds, realmKeys, revoked, probe, revokedKeys, lending, upgrade, taken);
    }
}
