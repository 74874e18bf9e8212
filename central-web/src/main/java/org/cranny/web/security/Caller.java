package org.cranny.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Whoever sent this request, once proved: a machine, or a person with their roles and the machines in their sight.
 * {@link Gate} narrows the roles to those that the resource is for, so that an owner who is an auditor too changes
 * nothing on other people's machines.
 */
@RequestScoped
public class Caller {
    private static final int SHUT_OUT_A_DAY = 5;

    @Inject
    Authority authority;

    @Inject
    Systems systems;

    @Inject
    Refusals refusals;

    @Inject
    HttpServletRequest request;

    private Set<String> counting = Roles.PEOPLE;

    /**
     * The machine that called.
     *
     * @throws ProblemException NOT_ALLOWED when the caller is not a machine
     */
    public SystemId system() {
        String name = name();
        if (!name.startsWith(Identity.SYSTEM_PREFIX)) {
            throw new ProblemException(ProblemKind.NOT_ALLOWED, "Only machines may do that.");
        }
        return new SystemId(authority.realm(), Long.parseLong(name.substring(Identity.SYSTEM_PREFIX.length())));
    }

    /**
     * The person's name, or {@code system:NUMBER}.
     *
     * @throws ProblemException NOT_LOGGED_IN when nobody proved anything
     */
    public String name() {
        return identity().name();
    }

    /** The person's roles, of {@link Roles#PEOPLE}; empty for machines. */
    public Set<String> roles() {
        Set<String> roles = new HashSet<>(identity().roles());
        roles.retainAll(Roles.PEOPLE);
        roles.retainAll(counting);
        return Set.copyOf(roles);
    }

    /** Whether the person has one of these roles. */
    public boolean is(String... wanted) {
        Set<String> roles = roles();
        return List.of(wanted).stream().anyMatch(roles::contains);
    }

    /** Whether the person may see this machine: all roles but {@code owner} see every machine, owners their own. */
    public boolean sees(long system) {
        return seesAll() || owns(system);
    }

    /**
     * Whether the person may do something with this machine that is for these roles; {@code owner} counts for the
     * machines that are theirs.
     */
    public boolean may(long system, String... wanted) {
        for (String role : wanted) {
            if (is(role) && (!role.equals(Roles.OWNER) || owns(system))) {
                return true;
            }
        }
        return false;
    }

    /** How many machines the person may shut out within 24 hours. */
    public int shutsOutADay() {
        return is(Roles.ADMINISTRATOR) ? Integer.MAX_VALUE : SHUT_OUT_A_DAY;
    }

    /** Goes on only when the person sees this machine. @throws ProblemException NOT_ALLOWED, whether there is such a machine or not */
    public void requireSight(long system) {
        if (!sees(system)) {
            refusals.note(name(), "system " + system);
            throw new ProblemException(ProblemKind.NOT_ALLOWED, "System " + system + " is not yours.");
        }
    }

    /** Whether every machine is in sight. */
    public boolean seesAll() {
        return roles().stream().anyMatch(role -> !role.equals(Roles.OWNER));
    }

    /** Numbers of the machines in sight; null when every machine is. */
    public List<Long> sight() {
        Set<String> owners = owners();
        return owners == null
                ? null
                : systems.ownedBy(owners).stream().map(Machine::number).toList();
    }

    private boolean owns(long system) {
        Identity who = identity();
        return is(Roles.OWNER)
                && systems.find(system)
                        .filter(machine -> who.owns(machine.owner()))
                        .isPresent();
    }

    /**
     * Mail addresses, in small letters, of the owners whose machines are in sight; null when every machine is. For lists
     * that are narrowed in the database.
     */
    public Set<String> owners() {
        if (seesAll()) {
            return null;
        }
        return is(Roles.OWNER)
                ? identity().mails().stream()
                        .map(mail -> mail.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** From here on only these of the caller's roles count. */
    public void countOnly(Set<String> roles) {
        counting = Set.copyOf(roles);
    }

    /** @throws ProblemException NOT_ALLOWED to a token: what is asked for takes a password */
    public void requirePassword() {
        if (identity().proof() != Identity.Proof.PASSWORD) {
            throw new ProblemException(ProblemKind.NOT_ALLOWED, "A token cannot do that: log in with your password.");
        }
    }

    Identity identity() {
        if (request.getAttribute(Identity.ATTRIBUTE) instanceof Identity identity) {
            return identity;
        }
        throw new ProblemException(ProblemKind.NOT_LOGGED_IN, "Nobody is logged in.");
    }
}
