package org.cranny.ear;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;

/** A bean whose transactions the container begins and ends, and which knows nothing of ours. */
@ApplicationScoped
@Transactional
public class Bookkeeper {
    @Inject
    Database database;

    @Inject
    AuditLog log;

    public void write(String subject, List<String> told) {
        log.append("bookkeeper", "test", subject, "");
        database.afterwards(() -> told.add(subject));
    }

    public void writeAndFail(String subject, List<String> told) {
        write(subject, told);
        throw new IllegalStateException("no");
    }
}
