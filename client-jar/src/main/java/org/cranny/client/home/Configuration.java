package org.cranny.client.home;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;

/**
 * What a machine remembers of its enrollment: {@code config.json}. It is the last file that enrollment writes, so a
 * home that has one is complete.
 *
 * @param central address of the people's listener, as given to {@code enroll}; null in a realm without central
 * @param machines address where machines talk to central; null in a realm without central
 * @param system this machine in its realm
 * @param name of this machine, as central shows it
 * @param caFingerprint SHA-256 of the authority's certificate, 64 lower-case hexadecimal digits
 */
public record Configuration(URI central, URI machines, SystemId system, String name, String caFingerprint) {
    private static final int FORMAT = 1;

    /** Whether there is a central in this machine's realm. */
    public boolean hasCentral() {
        return machines != null;
    }

    public byte[] encode() {
        JsonObjectBuilder addresses = Json.createObjectBuilder().add("format", FORMAT);
        if (hasCentral()) {
            addresses.add("central", central.toString()).add("machines", machines.toString());
        }
        JsonObject object = addresses
                .add("realm", system.realm().hex())
                .add("system", system.number())
                .add("name", name)
                .add("caFingerprint", caFingerprint)
                .build();
        return (object + "\n").getBytes(StandardCharsets.UTF_8);
    }

    public static Configuration decode(byte[] octets) throws MalformedException {
        try (JsonReader reader = Json.createReader(new StringReader(new String(octets, StandardCharsets.UTF_8)))) {
            return read(reader.readObject());
        } catch (RuntimeException e) {
            throw new MalformedException("it is not a configuration: " + e.getMessage());
        }
    }

    private static Configuration read(JsonObject object) throws MalformedException {
        int format = object.getInt("format");
        if (format != FORMAT) {
            throw new MalformedException("its format is " + format + ", this version reads format " + FORMAT);
        }
        boolean central = object.containsKey("machines");
        return new Configuration(
                central ? URI.create(object.getString("central")) : null,
                central ? URI.create(object.getString("machines")) : null,
                new SystemId(
                        new RealmId(object.getString("realm")),
                        object.getJsonNumber("system").longValueExact()),
                object.getString("name"),
                object.getString("caFingerprint"));
    }
}
