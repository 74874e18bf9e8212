package org.cranny.central.installation;

import java.util.List;

/**
 * What an administrator wants taken off which machines. Never written down as a whole: it holds what logs in over there.
 *
 * @param targets names, addresses and subnets, at most 1,024 machines
 * @param roles {@code daemon}, {@code source}, or both
 * @param user who logs in there: root, or somebody whom sudo asks no password
 * @param password of that account, or of the key when there is one
 * @param key private key as OpenSSH writes it, instead of a password
 * @param knownHosts lines of a file of known hosts
 * @param hostKeys fingerprints, for machines that these lines do not know
 * @param systems numbers of systems, where central does not know which one a machine is
 * @param purge removes the keys of a source's backups, too
 * @param dryRun says what would go, and removes nothing
 */
public record UninstallationRequest(
        List<String> targets,
        List<String> roles,
        String user,
        String password,
        String key,
        String knownHosts,
        List<InstallationRequest.MachineKey> hostKeys,
        List<MachineSystem> systems,
        Boolean purge,
        Boolean dryRun) {
    /** Nobody joins anything. */
    private static final String NO_CENTRAL = "https://central.invalid/cranny";

    /**
     * Which system a machine is.
     *
     * @param host as it is named among the targets
     * @param role {@code daemon} or {@code source}
     */
    public record MachineSystem(String host, String role, Long system) {}

    /** @param access how machines are reached, which ones, and for what; its other members say nothing here */
    public static UninstallationRequest of(InstallationRequest access, boolean purge) {
        return new UninstallationRequest(
                access.targets(),
                access.roles(),
                access.user(),
                access.password(),
                access.key(),
                access.knownHosts(),
                access.hostKeys(),
                null,
                purge,
                access.dryRun());
    }

    /** How its machines are reached. */
    InstallationRequest access() {
        return new InstallationRequest(
                targets, roles, user, password, key, knownHosts, hostKeys, NO_CENTRAL, null, null, null, dryRun);
    }

    @Override
    public String toString() {
        return "UninstallationRequest[redacted]";
    }
}
