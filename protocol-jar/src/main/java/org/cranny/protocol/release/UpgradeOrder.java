package org.cranny.protocol.release;

/**
 * What a program is to fetch and to have applied. Nothing of it is believed: whoever applies it checks the signature.
 *
 * @param version that is to run
 * @param bytes how long the archive is
 * @param sha256 of the archive, 64 hex digits
 * @param signature the text that lies beside the archive
 */
public record UpgradeOrder(String version, long bytes, String sha256, String signature) {}
