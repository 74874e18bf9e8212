package org.cranny.central.installation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * What is to be taken off, beside how the machines are reached.
 *
 * @param systems numbers that were named, by machine and role
 * @param purge whether the keys of a source's backups go, too
 */
record Removal(Map<String, Long> systems, boolean purge) {

    /** @throws ProblemException BAD_REQUEST */
    static Removal read(UninstallationRequest request) {
        Map<String, Long> systems = new HashMap<>();
        List<UninstallationRequest.MachineSystem> named = request.systems() == null ? List.of() : request.systems();
        for (UninstallationRequest.MachineSystem each : named) {
            if (each == null || each.host() == null || each.system() == null || each.system() < 1) {
                throw new ProblemException(
                        Problem.ofField("systems", "each names a host, a role and a system's number"));
            }
            Role role = Role.of(String.valueOf(each.role()))
                    .orElseThrow(
                            () -> new ProblemException(Problem.ofField("systems", "the role is daemon or source")));
            systems.put(key(each.host(), role), each.system());
        }
        return new Removal(Map.copyOf(systems), Boolean.TRUE.equals(request.purge()));
    }

    /** The number that was named for a machine, or null. */
    Long named(Target target, Role role) {
        Long exactly = systems.get(key(target.toString(), role));
        return exactly == null ? systems.get(key(target.host(), role)) : exactly;
    }

    private static String key(String host, Role role) {
        return role.word() + " " + host;
    }
}
