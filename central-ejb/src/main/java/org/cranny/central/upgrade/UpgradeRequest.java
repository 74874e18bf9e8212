package org.cranny.central.upgrade;

import java.util.List;

/**
 * What an administrator wants upgraded.
 *
 * @param systems numbers or exact names of systems; null with {@code all}
 * @param all every program that central may upgrade
 * @param roles {@code daemon}, {@code source}, or both; null for both
 * @param version null for the newest that central has
 * @param dryRun says what would be done, and does nothing
 */
public record UpgradeRequest(List<String> systems, Boolean all, List<String> roles, String version, Boolean dryRun) {}
