package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.cranny.client.central.PeoplesCentral;

/** Reads lists that central gives a page at a time. */
final class Pages {
    private static final int PAGE = 1_000;

    private Pages() {}

    /** A whole list of objects that stand in the order of a member, which is the {@code after} of the page behind them. */
    static JsonArray whole(PeoplesCentral central, String path, String member) throws IOException {
        JsonArray page = central.get(path, Map.of("limit", PAGE)).asJsonArray();
        JsonArrayBuilder whole = Json.createArrayBuilder(page);
        while (page.size() == PAGE) {
            page = central.get(path, behind(page, member)).asJsonArray();
            page.forEach(whole::add);
        }
        return whole.build();
    }

    private static Map<String, Object> behind(JsonArray full, String member) {
        return Map.of("limit", PAGE, "after", full.getJsonObject(PAGE - 1).get(member));
    }

    /**
     * An object of which one member is such a list, whole.
     *
     * @param list name of the member that holds a page's objects
     */
    static JsonObject whole(PeoplesCentral central, String path, String list, String member) throws IOException {
        JsonObject first = central.get(path, Map.of("limit", PAGE)).asJsonObject();
        JsonArrayBuilder whole = Json.createArrayBuilder(first.getJsonArray(list));
        JsonArray page = first.getJsonArray(list);
        while (page.size() == PAGE) {
            page = central.get(path, behind(page, member)).asJsonObject().getJsonArray(list);
            page.forEach(whole::add);
        }
        return Json.createObjectBuilder(first).add(list, whole).build();
    }

    /** Hands each object of the list over, as pages come. @param list name of the member that holds a page's objects */
    static void each(PeoplesCentral central, String path, Map<String, ?> query, String list, Consumer<JsonObject> taker)
            throws IOException {
        Map<String, Object> asked = new HashMap<>(query);
        asked.put("limit", PAGE);
        while (true) {
            JsonObject page = central.get(path, asked).asJsonObject();
            page.getJsonArray(list).getValuesAs(JsonObject.class).forEach(taker);
            String next = page.getString("next", null);
            if (next == null) {
                return;
            }
            asked.put("after", next);
        }
    }
}
