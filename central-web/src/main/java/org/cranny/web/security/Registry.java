package org.cranny.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.authority.Authority;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;

/** Turns a machine's certificate into a caller, asking central's catalogue each time: a revocation counts from the next request. */
@ApplicationScoped
class Registry {
    @Inject
    Systems systems;

    @Inject
    Authority authority;

    Optional<Identity> identify(X509Certificate certificate) {
        return MachineCertificate.system(certificate)
                .filter(id -> id.realm().equals(authority.realm()))
                .map(SystemId::number)
                .flatMap(number -> systems.admit(number, certificate.getPublicKey()))
                .map(Registry::identity);
    }

    private static Identity identity(Machine machine) {
        Set<String> roles = new HashSet<>();
        roles.add(Roles.SYSTEM);
        if (machine.isHost()) {
            roles.add(Roles.HOST);
        }
        if (machine.isSource()) {
            roles.add(Roles.SOURCE);
        }
        if (machine.isMonitor()) {
            roles.add(Roles.MONITOR);
        }
        return Identity.machine(Identity.SYSTEM_PREFIX + machine.number(), roles);
    }
}
