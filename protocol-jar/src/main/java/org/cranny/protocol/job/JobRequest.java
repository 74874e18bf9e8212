package org.cranny.protocol.job;

import java.util.List;
import java.util.Map;

/**
 * Asks for a job. A long list of paths follows line by line instead of standing here ({@code docs/protocol/central.md}).
 *
 * @param kind name of a {@link JobKind}
 * @param order document of this kind ({@link JobOrder}); null for an empty one
 * @param paths absolute paths in the notation of {@code docs/reference/json.md}; null for none
 * @param reason for people and the log, or null
 */
public record JobRequest(String kind, Map<String, Object> order, List<String> paths, String reason) {}
