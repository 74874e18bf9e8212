package org.cranny.central.installation;

import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.enrollment.Token;

/** What scripts are given. */
final class Arguments {
    private static final int LONGEST_NAME = 100;

    private Arguments() {}

    /** Of {@code enroll.sh}; the token itself is not among them. */
    static List<String> enroll(
            Wanted wanted, Target target, Role role, Packages.Archive archive, Look look, Token token) {
        List<String> all = new ArrayList<>(List.of(
                role.word(),
                archive.version(),
                wanted.central().toString(),
                token.caFingerprint(),
                name(target, look)));
        if (role == Role.DAEMON) {
            all.addAll(List.of("--address", address(target, wanted.daemonPort())));
            all.addAll(wanted.options());
        }
        return all;
    }

    private static String name(Target target, Look look) {
        String name = look.name().isBlank() ? target.host() : look.name();
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private static String address(Target target, int port) {
        return "https://" + (target.host().contains(":") ? "[" + target.host() + "]" : target.host()) + ":" + port;
    }
}
