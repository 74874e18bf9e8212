package org.cranny.engine.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** Lines as OpenSSH keeps them in {@code known_hosts}, also such with hashed names. Authorities of host keys are passed over. */
final class KnownHosts {
    private final List<Line> lines;

    /** @param key null when it is of a kind that nobody here knows */
    private record Line(KnownHostEntry entry, PublicKey key) {
        boolean isOf(String host, int port, PublicKey shown) {
            return key != null && entry.isHostMatch(host, port) && KeyUtils.compareKeys(key, shown);
        }
    }

    private KnownHosts(List<Line> lines) {
        this.lines = lines;
    }

    /** @throws IllegalArgumentException with the number of the line that cannot be read */
    static KnownHosts parse(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                read(line.strip(), number, lines);
            }
        }
        return new KnownHosts(lines);
    }

    private static void read(String text, int number, List<Line> into) {
        try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(reader)) {
                PublicKey key = entry.getKeyEntry().resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING);
                into.add(new Line(entry, key));
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("line " + number + " is not one of a known_hosts file", e);
        }
    }

    /** Whether this key is known to be this machine's, and not known to be stolen. */
    boolean know(String host, int port, PublicKey shown) {
        boolean known = false;
        for (Line line : lines) {
            if (line.isOf(host, port, shown)) {
                if ("revoked".equals(line.entry().getMarker())) {
                    return false;
                }
                known |= line.entry().getMarker() == null;
            }
        }
        return known;
    }
}
