package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Progress;
import org.cranny.engine.backup.CatalogueAwayException;

/** Shows how room becomes free on a host. Whoever stops watching stops nothing else. */
final class ReclaimWatch {
    private static final long LOOK_MILLIS = 2_000;

    private final AdminCommand admin;
    private final PeoplesCentral central;
    private final String path;

    /** @param path of the host */
    ReclaimWatch(AdminCommand admin, PeoplesCentral central, String path) {
        this.admin = admin;
        this.central = central;
        this.path = path;
    }

    /** @return the last that central said @throws IOException when its daemon follows no limits */
    JsonObject untilFree(JsonObject begun) throws IOException, InterruptedException {
        JsonObject now = begun;
        long left = over(now);
        String missing = "";
        try (Progress progress = admin.common().progress("Freeing room on " + begun.getString("name"))) {
            progress.total(0, left);
            while (over(now) > 0 || now.getString("standing").equals("ASKED")) {
                if (now.getString("standing").equals("NOT_FOLLOWED")) {
                    throw new IOException("The daemon there is too old to be asked from here: upgrade it, or run"
                            + " 'cranny-daemon reclaim' on the machine.");
                }
                Thread.sleep(LOOK_MILLIS);
                now = look(now);
                long over = over(now);
                if (over > left) {
                    progress.total(0, over);
                } else {
                    progress.done(0, left - over);
                }
                left = over;
                String lacks = lacks();
                if (!lacks.equals(missing) && !lacks.isEmpty()) {
                    progress.notice(lacks);
                }
                missing = lacks;
            }
        }
        return now;
    }

    /** What was known before, while central is away: it comes back, and goes on. */
    private JsonObject look(JsonObject before) throws IOException {
        try {
            return central.get(path + "/lending").asJsonObject();
        } catch (CatalogueAwayException away) {
            return before;
        }
    }

    private String lacks() throws IOException {
        try {
            return HostReclaimCommand.lacks(central.get(path + "/reclaim").asJsonObject());
        } catch (CatalogueAwayException away) {
            return "";
        }
    }

    private static long over(JsonObject lending) {
        return Math.max(
                0,
                lending.getJsonNumber("keptBytes").longValue()
                        - lending.getJsonNumber("lentBytes").longValue());
    }
}
