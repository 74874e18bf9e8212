package org.cranny.protocol.job;

import java.util.Map;

/**
 * What a job says beside its paths: a flat document, one shape a kind. Members that are not known are refused, so that
 * nobody believes that something was asked for which the other side never heard of.
 */
public sealed interface JobOrder
        permits BackupOrder, RestoreOrder, CheckOrder, RunNowOrder, RecoverOrder, RotateKeysOrder {
    JobKind kind();

    /** As it travels and is kept. */
    Map<String, Object> document();

    /**
     * Reads a document.
     *
     * @param document null for an empty one
     * @throws org.cranny.protocol.problem.ProblemException BAD_REQUEST with the member's name as field
     */
    static JobOrder of(JobKind kind, Map<String, Object> document) {
        OrderReader in = new OrderReader(document == null ? Map.of() : document);
        JobOrder order =
                switch (kind) {
                    case BACKUP -> BackupOrder.read(in);
                    case RESTORE -> RestoreOrder.read(in);
                    case CHECK -> CheckOrder.read(in);
                    case RUN_NOW -> RunNowOrder.read(in);
                    case ROTATE_KEYS -> RotateKeysOrder.read(in);
                    case RECOVER -> RecoverOrder.read(in);
                };
        in.end();
        return order;
    }
}
