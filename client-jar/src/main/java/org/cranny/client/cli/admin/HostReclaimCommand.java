package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.client.report.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "reclaim",
        description = {
            "Take room back for a host's owner: copies of what lies there are made elsewhere, then it goes.",
            "Without a size: how much is wanted back, and when it will be free."
        })
final class HostReclaimCommand implements Callable<Integer> {
    @ParentCommand
    private HostCommand host;

    @Parameters(index = "0", paramLabel = "HOST", description = "The host's number or name.")
    private String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SIZE", description = "How much, for example 10G.")
    private String size;

    @Option(names = "--wait", description = "Show the progress until the room is free.")
    private boolean wait;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Long bytes = size == null ? null : Long.valueOf(host.octets(size));
        try (PeoplesCentral central = host.admin().central()) {
            String path = "hosts/" + NamedSystem.number(central, name);
            if (bytes != null) {
                central.post(
                        path + "/reclaim",
                        Json.createObjectBuilder().add("bytes", bytes).build());
            }
            JsonObject lending = central.get(path + "/lending").asJsonObject();
            if (wait) {
                lending = new ReclaimWatch(host.admin(), central, path).untilFree(lending);
            }
            JsonObject reclaim = central.get(path + "/reclaim").asJsonObject();
            Answers.print(host.admin().common(), "host-reclaim", reclaim, sentence(lending, reclaim, bytes));
        }
        return 0;
    }

    /** Why it is not free at once, in sentences; empty when nothing holds it back. */
    static String lacks(JsonObject reclaim) {
        String missing = HostCommand.missing(reclaim);
        if (!(reclaim.get("bytesPerDay") instanceof JsonNumber most)
                || reclaim.getJsonNumber("overBytes").longValue() <= most.longValue()) {
            return missing;
        }
        String slowly = "Asked for here and not at the machine, at most " + Human.bytes(most.longValue())
                + " go a day, so that nobody who rules central empties a host; 'cranny-daemon reclaim' there takes it"
                + " back at once.";
        return missing.isEmpty() ? slowly : missing + " " + slowly;
    }

    private static String sentence(JsonObject lending, JsonObject reclaim, Long bytes) {
        String who = "host " + Answers.text(reclaim, "host") + ", " + Names.printable(Answers.text(reclaim, "name"));
        if (lending.getString("standing").equals("ASKED")) {
            return "Asked of " + who + ": its daemon takes it over with its next report."
                    + (bytes == null ? "" : " Then " + Human.bytes(bytes) + " of what it keeps go.");
        }
        if (reclaim.getJsonNumber("overBytes").longValue() == 0) {
            return "The owner of " + who + ", wants nothing back.";
        }
        String ends = Answers.time(reclaim, "ends");
        String missing = lacks(reclaim);
        return "The owner of " + who + ", wants " + Answers.bytes(reclaim, "overBytes") + " back"
                + (ends.isEmpty() ? "." : ": free about " + ends + ".") + (missing.isEmpty() ? "" : " " + missing);
    }
}
