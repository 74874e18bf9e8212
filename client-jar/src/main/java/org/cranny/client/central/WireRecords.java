package org.cranny.client.central;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;

/** Records of the protocol as the JSON in which they travel, for whoever keeps one. */
public final class WireRecords {
    private WireRecords() {}

    public static byte[] write(Object value) {
        try (Jsonb json = JsonbBuilder.create()) {
            return json.toJson(value).getBytes(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException("a record cannot be written: " + e.getMessage(), e);
        }
    }

    /** @throws IOException when it is no such record */
    public static <T> T read(byte[] octets, Class<T> type) throws IOException {
        try (Jsonb json = JsonbBuilder.create()) {
            T value = json.fromJson(ClosedJson.text(octets), type);
            if (value == null) {
                throw new IOException("It is no " + type.getSimpleName() + ": it is null");
            }
            return value;
        } catch (JsonbException | MalformedException e) {
            throw new IOException("It is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
