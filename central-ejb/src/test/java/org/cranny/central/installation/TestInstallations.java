package org.cranny.central.installation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Enrollments;
import org.cranny.central.log.AuditLog;
import org.cranny.central.repair.Repairs;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.Systems;

/** Installations whose machines are folders. */
public final class TestInstallations {
    private TestInstallations() {}

    /** @param folder with the archives, and where the one machine is that answers: whose name begins with {@code ws} */
    public static Installations of(
            Path folder,
            Database database,
            AuditLog log,
            Enrollments enrollments,
            Systems systems,
            Hosts hosts,
            Inventory inventory,
            Repairs repairs,
            Executor executor,
            Clock clock)
            throws IOException {
        FakeRoot machine = new FakeRoot(folder);
        return new Installations(
                database,
                log,
                Settings.of(Map.of("cranny.packages", machine.packages.toString())),
                new Admission(enrollments, systems, hosts, new Arrivals()),
                new Departure(database, systems, hosts, inventory, repairs),
                new Crew(executor),
                (wanted, target) -> {
                    if (!target.host().startsWith("ws")) {
                        throw new IOException("nobody answers");
                    }
                    return machine;
                },
                clock);
    }
}
