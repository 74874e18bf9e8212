package org.cranny.central.device;

import java.time.Instant;

/**
 * A file that is about to be uploaded.
 *
 * @param length as its sender says; what has another length did not come whole
 * @param modified what its device says, null when it says nothing
 */
public record UploadRequest(String name, long length, Instant modified) {}
