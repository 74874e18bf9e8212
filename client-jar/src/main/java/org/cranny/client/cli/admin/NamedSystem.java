package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cranny.client.central.PeoplesCentral;

/** A system as people type it: its number, or its name when only one has it. */
final class NamedSystem {
    private NamedSystem() {}

    static long number(PeoplesCentral central, String typed) throws IOException {
        if (typed.matches("\\d{1,18}")) {
            return Long.parseLong(typed);
        }
        List<JsonObject> named =
                central.get("systems", Map.of("name", typed)).asJsonArray().getValuesAs(JsonObject.class).stream()
                        .filter(system ->
                                system.getString("name", "").equals(typed) && !system.getBoolean("revoked", false))
                        .toList();
        if (named.isEmpty()) {
            throw new IOException("There is no system named '" + typed + "'. See 'cranny admin systems'.");
        }
        if (named.size() > 1) {
            throw new IOException(
                    "More than one system is named '" + typed + "'. Give its number; see 'cranny admin systems'.");
        }
        return named.get(0).getJsonNumber("number").longValueExact();
    }
}
