package org.cranny.protocol.job;

import java.util.HashMap;
import java.util.Map;

/**
 * Find out whether snapshots can be restored.
 *
 * @param snapshot the beginning of an id or {@code latest}; null for all
 * @param readData fetches and opens one copy of each pack; hosts prove the others
 */
public record CheckOrder(String snapshot, boolean readData) implements JobOrder {
    static CheckOrder read(OrderReader in) {
        String snapshot = in.text("snapshot", 64);
        if (snapshot != null && !snapshot.matches("latest|[0-9a-f]{4,64}")) {
            throw OrderReader.wrong("snapshot", "is 'latest' or at least the first 4 hexadecimal digits of an id");
        }
        return new CheckOrder(snapshot, in.flag("readData"));
    }

    @Override
    public JobKind kind() {
        return JobKind.CHECK;
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new HashMap<>(Map.of("readData", readData));
        if (snapshot != null) {
            document.put("snapshot", snapshot);
        }
        return document;
    }
}
