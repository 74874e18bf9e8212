package org.cranny.protocol.enrollment;

/**
 * One of a source's deposits, without what was deposited.
 *
 * @param generation newest in the ring, as the source said
 * @param deposited ISO 8601
 * @param browse whether what lists files is still there
 */
public record DepositLine(int generation, String deposited, boolean browse) {}
