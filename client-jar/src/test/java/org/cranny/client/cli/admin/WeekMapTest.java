package org.cranny.client.cli.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeekMapTest {
    @Test
    void weekBeginsOnMondayWhereThisMachineIs() {
        List<String> utc = new WeekMap(profile(), ZoneId.of("UTC")).lines();
        assertEquals("Mon  " + "█".repeat(24), utc.get(1));
        assertEquals("Tue  ·" + "▒".repeat(23), utc.get(2));
        assertEquals("Sun  " + " ".repeat(24), utc.get(7));
        List<String> east = new WeekMap(profile(), ZoneId.of("Etc/GMT-2")).lines();
        assertEquals("Tue  ██·" + "▒".repeat(21), east.get(2));
    }

    /** Monday always, Tuesday half of the time but for an hour that nobody watched, then never. */
    private static JsonArray profile() {
        JsonArrayBuilder profile = Json.createArrayBuilder();
        for (int hour = 0; hour < 168; hour++) {
            if (hour == 24) {
                profile.addNull();
            } else {
                profile.add(hour < 24 ? 1 : hour < 48 ? 0.5 : 0);
            }
        }
        return profile.build();
    }
}
