package org.cranny.central.installation;

import java.util.List;

/**
 * What an administrator wants installed where. Never written down as a whole: it holds what logs in over there.
 *
 * @param targets names, addresses and subnets, at most 1,024 machines
 * @param roles {@code daemon}, {@code source}, or both
 * @param user who logs in there: root, or somebody whom sudo asks no password
 * @param password of that account, or of the key when there is one
 * @param key private key as OpenSSH writes it, instead of a password
 * @param knownHosts lines of a file of known hosts
 * @param hostKeys fingerprints, for machines that these lines do not know
 * @param central where the machines find central, {@code https://host:port/cranny}: the people's listener
 * @param daemonPort where daemons listen, 9443 unless said
 * @param quota the most that each lends ({@code 20G}); null for what {@code keepFree} leaves
 * @param keepFree what stays free on each ({@code 10%}, {@code 5G})
 * @param dryRun looks at each machine and installs nothing
 */
public record InstallationRequest(
        List<String> targets,
        List<String> roles,
        String user,
        String password,
        String key,
        String knownHosts,
        List<MachineKey> hostKeys,
        String central,
        Integer daemonPort,
        String quota,
        String keepFree,
        Boolean dryRun) {

    /**
     * The key of one machine.
     *
     * @param host as it is named among the targets
     * @param fingerprint of its host key, {@code SHA256:…}
     */
    public record MachineKey(String host, String fingerprint) {}

    @Override
    public String toString() {
        return "InstallationRequest[redacted]";
    }
}
