package org.cranny.protocol.snapshot;

/** The snapshot is committed. @param committed a signed {@code Committed}, base64url @param masterFile version that shows the hosts' lowered free space or a later one will */
public record CommitAnswer(String snapshot, long version, String committed, long masterFile) {}
