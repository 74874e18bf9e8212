package org.cranny.client.realm;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.protocol.octets.MalformedException;

/** Writes a master file by hand, in the layout of {@code docs/protocol/master-file.md}. */
final class MasterFileLines {
    private MasterFileLines() {}

    static MasterFile sign(RealmId realm, long version, Instant now, List<Host> hosts, PrivateKey key)
            throws MalformedException {
        String header = Json.createObjectBuilder()
                .add("cranny", "master-file")
                .add("format", 1)
                .add("realm", realm.hex())
                .add("version", version)
                .add("time", now.getEpochSecond())
                .add("hosts", hosts.size())
                .build()
                .toString();
        SortedMap<Long, String> lines = new TreeMap<>();
        hosts.forEach(host -> lines.put(host.id(), line(host)));
        return MasterFile.sign(header, lines, key);
    }

    private static String line(Host host) {
        JsonObjectBuilder line = Json.createObjectBuilder()
                .add("id", host.id())
                .add("name", host.name())
                .add("address", host.address())
                .add("freeBytes", host.freeBytes())
                .add("quotaBytes", host.quotaBytes())
                .add("rating", BigDecimal.valueOf(host.rating()))
                .add("availability", host.availability())
                .add("domain", host.domain())
                .add("state", host.state().name());
        if (host.identity() != null) {
            line.add("identity", host.identity()).add("authority", host.authority());
        }
        return line.build().toString();
    }
}
