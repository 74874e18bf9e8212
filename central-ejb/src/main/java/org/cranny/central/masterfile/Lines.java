package org.cranny.central.masterfile;

import jakarta.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.id.RealmId;

/** Writes the header and the host lines, members in the order that {@code docs/protocol/master-file.md} shows. */
final class Lines {
    /** Free space is told in steps of 1 MiB, so that lines do not change for nothing. */
    private static final long STEP = 1L << 20;

    private Lines() {}

    static String header(RealmId realm, long version, Instant time, int hosts) {
        return Json.createObjectBuilder()
                .add("cranny", "master-file")
                .add("format", 1)
                .add("realm", realm.hex())
                .add("version", version)
                .add("time", time.getEpochSecond())
                .add("hosts", hosts)
                .build()
                .toString();
    }

    static SortedMap<Long, String> of(Collection<HostStatus> hosts) {
        SortedMap<Long, String> lines = new TreeMap<>();
        hosts.forEach(host -> lines.put(host.number(), line(host)));
        return lines;
    }

    private static String line(HostStatus host) {
        return Json.createObjectBuilder()
                .add("id", host.number())
                .add("name", host.name())
                .add("address", host.address())
                .add("freeBytes", host.freeBytes() / STEP * STEP)
                .add("quotaBytes", host.quotaBytes())
                .add("rating", host.rating())
                .add("availability", host.availability())
                .add("domain", host.domain())
                .add("state", host.state().name())
                .build()
                .toString();
    }
}
