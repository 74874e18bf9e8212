package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is not named stays as it was asked for before. */
@Command(
        name = "lend",
        description = {
            "Say how much a host lends, keeps and leaves free; or set the most that it lends.",
            "It never lends more than was said at the machine itself ('cranny-daemon lend')."
        })
final class HostLendCommand implements Callable<Integer> {
    private static final String QUOTA = "quotaBytes";
    private static final String PERCENT = "quotaPercent";
    private static final String FREE = "keepFreeBytes";
    private static final String FREE_PERCENT = "keepFreePercent";

    @ParentCommand
    private HostCommand host;

    @Parameters(index = "0", paramLabel = "HOST", description = "The host's number or name.")
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SIZE",
            description = "The most that it lends, for example 20G.")
    private String quota;

    @Option(
            names = "--percent",
            paramLabel = "P",
            description = "The same as a share of its disk, 0 to 100; the lesser counts.")
    private Double percent;

    @Option(
            names = "--keep-free",
            paramLabel = "SIZE|P%",
            description = "What stays free for its owner: a size, or a share of its disk as 10%%.")
    private String keepFree;

    @Option(names = "--none", description = "Take back what was set here: it lends as was said at the machine.")
    private boolean none;

    @Override
    public Integer call() throws IOException {
        boolean sets = quota != null || percent != null || keepFree != null;
        if (none && sets) {
            throw host.admin().wrong("--none goes alone.");
        }
        try (PeoplesCentral central = host.admin().central()) {
            String path = "hosts/" + NamedSystem.number(central, name) + "/lending";
            JsonObject lending = none
                    ? central.put(path, Json.createObjectBuilder().build()).asJsonObject()
                    : central.get(path).asJsonObject();
            if (sets) {
                lending = central.put(path, wished(lending)).asJsonObject();
            }
            Answers.print(host.admin().common(), "host-lending", lending, LendingText.of(lending));
        }
        return 0;
    }

    private JsonObject wished(JsonObject now) {
        JsonObject before = now.get("asked") instanceof JsonObject asked ? asked : JsonObject.EMPTY_JSON_OBJECT;
        JsonObjectBuilder wished = Json.createObjectBuilder();
        put(wished, QUOTA, quota == null ? null : Json.createValue(host.octets(quota)), before);
        put(wished, PERCENT, percent == null ? null : Json.createValue(percent), before);
        if (keepFree == null) {
            put(wished, FREE, null, before);
            put(wished, FREE_PERCENT, null, before);
        } else if (keepFree.endsWith("%")) {
            wished.add(FREE_PERCENT, share(keepFree.substring(0, keepFree.length() - 1)));
        } else {
            wished.add(FREE, host.octets(keepFree));
        }
        return wished.build();
    }

    private double share(String digits) {
        try {
            return Double.parseDouble(digits.strip());
        } catch (NumberFormatException e) {
            throw host.admin().wrong("'" + keepFree + "' is no share. Write for example 10%.");
        }
    }

    private static void put(JsonObjectBuilder wished, String member, JsonNumber value, JsonObject before) {
        if (value != null) {
            wished.add(member, value);
        } else if (before.get(member) instanceof JsonNumber kept) {
            wished.add(member, kept);
        }
    }
}
