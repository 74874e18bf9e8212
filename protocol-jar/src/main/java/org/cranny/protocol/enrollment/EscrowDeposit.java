package org.cranny.protocol.enrollment;

/** A source's sealed keys, base64. @param generation newest in the ring @param keyRing sealed to the escrow key @param browse sealed to the browse key, or null when the policy forbids it */
public record EscrowDeposit(int generation, String keyRing, String browse) {}
