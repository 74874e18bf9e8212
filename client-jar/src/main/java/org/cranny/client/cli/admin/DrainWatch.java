package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Progress;
import org.cranny.engine.backup.CatalogueAwayException;

/** Shows how a host empties, until it keeps nothing. Whoever stops watching stops nothing else. */
final class DrainWatch {
    private static final long LOOK_MILLIS = 2_000;

    private final AdminCommand admin;
    private final PeoplesCentral central;

    DrainWatch(AdminCommand admin, PeoplesCentral central) {
        this.admin = admin;
        this.central = central;
    }

    /** @return the last that central said @throws IOException also when the host is not drained any more */
    JsonObject untilEmpty(JsonObject begun) throws IOException, InterruptedException {
        long host = number(begun, "host");
        long bytes = number(begun, "bytes");
        JsonObject now = begun;
        String missing = "";
        try (Progress progress = admin.common().progress("Emptying host " + host)) {
            progress.total(0, bytes);
            while (number(now, "fragments") > 0) {
                if (!now.getString("state").equals("DRAINING")) {
                    throw new IOException("Host " + host + " is not drained any more and keeps "
                            + number(now, "fragments") + " fragments. See 'cranny admin host status " + host + "'.");
                }
                String lacks = HostCommand.missing(now);
                if (!lacks.equals(missing) && !lacks.isEmpty()) {
                    progress.notice(lacks);
                }
                missing = lacks;
                Thread.sleep(LOOK_MILLIS);
                JsonObject next = look(host, now);
                progress.done(0, number(now, "bytes") - number(next, "bytes"));
                now = next;
            }
        }
        return now;
    }

    /** What was known before, while central is away: it comes back, and goes on. */
    private JsonObject look(long host, JsonObject before) throws IOException {
        try {
            return central.get("hosts/" + host + "/drain").asJsonObject();
        } catch (CatalogueAwayException away) {
            return before;
        }
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name).longValue();
    }
}
