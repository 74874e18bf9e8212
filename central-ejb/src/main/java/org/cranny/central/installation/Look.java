package org.cranny.central.installation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of machine it is, by {@code look.sh}.
 *
 * @param arch as packages name it, or what the machine calls itself where there are none
 * @param installed what the links of programs that are there lead to
 * @param unfinished whether an installation broke off here
 */
record Look(
        boolean root,
        String system,
        String arch,
        String name,
        String libc,
        long freeBytes,
        long varFreeBytes,
        boolean resolves,
        boolean unfinished,
        List<String> lacks,
        Map<Role, String> installed,
        Set<Role> enrolled) {
    private static final int KIB = 1_024;
    private static final int LEAST_GLIBC = 34;
    private static final Map<String, String> ARCHES =
            Map.of("x86_64", "amd64", "amd64", "amd64", "aarch64", "arm64", "arm64", "arm64");

    static Look read(String said) {
        Map<String, String> one = new java.util.HashMap<>();
        List<String> lacks = new java.util.ArrayList<>();
        Map<Role, String> installed = new EnumMap<>(Role.class);
        Set<Role> enrolled = EnumSet.noneOf(Role.class);
        for (String line : said.lines().toList()) {
            String name = line.substring(0, Math.max(0, line.indexOf('=')));
            String value = line.substring(line.indexOf('=') + 1).strip();
            switch (name) {
                case "lacks" -> lacks.add(value);
                case "enrolled" -> Role.of(value).ifPresent(enrolled::add);
                case "daemon", "source" -> installed.put(Role.of(name).orElseThrow(), value);
                default -> one.put(name, value);
            }
        }
        String machine = one.getOrDefault("machine", "unknown");
        return new Look(
                "0".equals(one.get("user")),
                one.getOrDefault("system", "unknown"),
                ARCHES.getOrDefault(machine, machine),
                one.getOrDefault("name", ""),
                one.getOrDefault("libc", ""),
                bytes(one.get("free_kib")),
                bytes(one.get("var_free_kib")),
                one.containsKey("resolves"),
                one.containsKey("unfinished"),
                List.copyOf(lacks),
                installed,
                enrolled);
    }

    private static long bytes(String kib) {
        return kib == null || !kib.matches("[0-9]{1,15}") ? 0 : Long.parseLong(kib) * KIB;
    }

    /** What of these is not there yet. */
    Set<Role> missing(Set<Role> wanted) {
        Set<Role> missing = EnumSet.noneOf(Role.class);
        wanted.stream()
                .filter(role -> !installed.containsKey(role) || !enrolled.contains(role))
                .forEach(missing::add);
        return missing;
    }

    /** Why these cannot be installed here, in one line; empty when they can. */
    Optional<String> objection(Set<Role> roles) {
        if (!root) {
            return Optional.of("this account is not root there, and sudo does not make it root without a password");
        }
        if (!system.equals("Linux")) {
            return Optional.of("it runs " + system + ", and packages are for Linux");
        }
        if (!ARCHES.containsValue(arch)) {
            return Optional.of("it is a " + arch + ", and packages are for amd64 and arm64");
        }
        if (!libc.matches("glibc 2\\.[0-9]{1,3}")
                || Integer.parseInt(libc.substring("glibc 2.".length())) < LEAST_GLIBC) {
            return Optional.of("it has " + (libc.isEmpty() ? "no glibc" : libc) + ", and glibc 2." + LEAST_GLIBC
                    + " or newer is needed");
        }
        if (!lacks.isEmpty()) {
            return Optional.of("it has no " + String.join(" and no ", lacks));
        }
        if (roles.contains(Role.DAEMON) && !resolves) {
            return Optional.of("it cannot look its own name '" + name + "' up, without which the daemon does not start:"
                    + " write it into /etc/hosts there");
        }
        return roles.stream().flatMap(role -> halfThere(role).stream()).findFirst();
    }

    private Optional<String> halfThere(Role role) {
        if (installed.containsKey(role)) {
            return Optional.of(role.program() + " is there already (" + installed.get(role)
                    + ") and enrolled nowhere: enroll it by hand, or remove it and ask again");
        }
        return enrolled.contains(role)
                ? Optional.of("it is enrolled as " + role.enrolledAs() + " already, and " + role.program()
                        + " is gone: keys or fragments may lie there, so a person has to look")
                : Optional.empty();
    }
}
