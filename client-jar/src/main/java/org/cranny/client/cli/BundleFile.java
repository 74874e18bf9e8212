package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.cranny.client.realm.Member;
import org.cranny.client.realm.OwnRealm;
import org.cranny.client.report.JsonLine;

/** Writes bundles and says what is to be done with them. */
final class BundleFile {
    private static final String ENDING = ".bundle";
    private static final String REQUEST = ".request";

    private BundleFile() {}

    /** What was named, else the request's name with another ending. */
    static Path beside(Path request, Path named) {
        if (named != null) {
            return named;
        }
        String name = request.getFileName().toString();
        String stem = name.endsWith(REQUEST) ? name.substring(0, name.length() - REQUEST.length()) : name;
        return request.resolveSibling(stem + ENDING);
    }

    static void write(Cranny cranny, OwnRealm realm, OwnRealm.Admitted admitted, Path file) throws IOException {
        CarriedFile.write(file, admitted.bundle());
        Member member = admitted.member();
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("member")
                            .add("number", member.number())
                            .add("name", member.name())
                            .add("role", member.role())
                            .add("bundle", file.toString())
                            .add("caFingerprint", realm.fingerprint().hex())
                            .toString());
        }
        String command = member.isHost() ? "cranny-daemon join" : "cranny join";
        if (member.identity() != null) {
            command = "cranny-daemon trust add";
        }
        cranny.say("'" + member.name() + "' is number " + member.number() + " of the realm. Carry " + file
                + " there, then: " + command + " " + file.getFileName() + " --ca-fingerprint "
                + realm.fingerprint());
    }
}
