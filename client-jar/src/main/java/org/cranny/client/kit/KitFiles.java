package org.cranny.client.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.client.home.Home;

/** Which files of a home a kit holds, by their names below the home; no other name is ever written from a kit. */
final class KitFiles {
    /** Comes last wherever files are put into a home: a home that has it is complete. */
    static final String LAST = "config.json";

    private static final List<String> SINGLE = List.of(
            "identity.p12",
            "identity.password",
            "realm/ca.pem",
            "realm/keys",
            "realm/former-keys",
            "keys.ring",
            "allotment",
            "master-file",
            "epoch",
            "holdings",
            "own-realm/authority",
            "own-realm/ca.pem",
            "own-realm/keys",
            "own-realm/members.json",
            "own-realm/master-file",
            LAST);
    private static final Pattern MANIFEST = Pattern.compile("snapshots/[0-9]{10,19}\\.(?:manifest|committed)");

    private KitFiles() {}

    static boolean known(String name) {
        return SINGLE.contains(name) || MANIFEST.matcher(name).matches();
    }

    /** Those that are there, {@link #LAST} last. */
    static List<String> of(Home home) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(home.snapshots())) {
            try (Stream<Path> files = Files.list(home.snapshots())) {
                files.map(file -> "snapshots/" + file.getFileName())
                        .filter(KitFiles::known)
                        .sorted()
                        .forEach(names::add);
            }
        }
        for (String name : SINGLE) {
            if (Files.isRegularFile(home.folder().resolve(name))) {
                names.add(name);
            }
        }
        return names;
    }
}
