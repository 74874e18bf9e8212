package org.cranny.client.masterfile;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;

/** Reads what stands on a host's line ({@code docs/protocol/master-file.md}). Members that are not known are skipped. */
final class HostLines {
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private HostLines() {}

    static List<Host> parse(Collection<String> lines) throws MalformedException {
        List<Host> hosts = new ArrayList<>(lines.size());
        for (String line : lines) {
            hosts.add(parse(line));
        }
        return List.copyOf(hosts);
    }

    private static Host parse(String line) throws MalformedException {
        try (JsonReader reader = JSON.createReader(new StringReader(line))) {
            return host(reader.readObject());
        } catch (RuntimeException e) {
            throw new MalformedException("a line is not a host's: " + e.getMessage());
        }
    }

    private static Host host(JsonObject line) {
        return new Host(
                line.getJsonNumber("id").longValueExact(),
                line.getString("name"),
                line.getString("address"),
                line.getJsonNumber("freeBytes").longValueExact(),
                line.getJsonNumber("quotaBytes").longValueExact(),
                line.getJsonNumber("rating").doubleValue(),
                line.getString("availability"),
                line.getString("domain"),
                Host.State.valueOf(line.getString("state")),
                line.getString("identity", null),
                line.getString("authority", null));
    }
}
