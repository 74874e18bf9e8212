package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source's keys change; what was sealed before stays readable, here and at central. */
@ExtendWith(SharesRealm.class)
@LongForm
class KeysIT {
    private static final int NOISE = 6 << 20;

    private final Realm realm;

    KeysIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void oldSnapshotsStayReadableAndOnlyACompromiseSendsEverythingAgain() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 30, 5);
        Contents.noise(tree.resolve("noise"), NOISE, 6);
        Cranny source = realm.source();
        String first = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Path asItWas = realm.emptyFolder("as-it-was").resolve("tree");
        Claims.done(Command.run(Path.of("/"), List.of("cp", "-a", tree.toString(), asItWas.toString()), Map.of()));

        assertEquals(2, last(source.run("keys", "rotate", "--json")).getInt("generation"));
        Contents.text(tree.resolve("new"), "sealed with new keys");
        JsonObject second = BackupAndRestoreIT.backUp(source, tree);
        assertTrue(second.getJsonNumber("storedBytes").longValue() < NOISE / 2, second::toString);

        String number = String.valueOf(system(source));
        Claims.done(admin("rotate-keys", number, "--reason", "a test"));
        Claims.done(source.run("agent", "--once"));
        Claims.refusesInOneLine(2, source.run("keys", "rotate", "--after-compromise"), "--yes");
        Claims.done(source.run("keys", "rotate", "--after-compromise", "--yes"));
        JsonObject keys = last(source.run("keys", "show", "--json"));
        assertEquals(4, keys.getInt("sealing"));
        assertTrue(
                keys.getJsonArray("generations").getValuesAs(JsonObject.class).stream()
                        .allMatch(each -> each.containsKey("deposited")),
                keys::toString);
        JsonObject third = BackupAndRestoreIT.backUp(source, tree);
        assertTrue(third.getJsonNumber("storedBytes").longValue() > NOISE, third::toString);

        Path restored = realm.emptyFolder("restored");
        Claims.done(source.run("restore", first, "--target", restored.toString()));
        assertEquals(List.of(), TreeComparison.compare(asItWas, Claims.below(restored, tree)));
        Claims.done(source.run("check"));

        Path archive = realm.emptyFolder("archive").resolve("machine.tar");
        Claims.done(admin("recover", number, "--archive", archive.toString()));
        Path unpacked = realm.emptyFolder("unpacked");
        Claims.done(Command.run(unpacked, List.of("tar", "-xpf", archive.toString(), "--same-owner"), Map.of()));
        assertEquals(List.of(), TreeComparison.compare(tree, Claims.below(unpacked, tree)));
    }

    private static JsonObject last(Command.Outcome outcome) {
        Claims.done(outcome);
        List<String> lines = outcome.output().lines().toList();
        return Json.object(lines.get(lines.size() - 1));
    }

    private static long system(Cranny source) throws IOException {
        return Json.object(Files.readString(source.home().resolve("config.json")))
                .getJsonNumber("system")
                .longValue();
    }

    private Command.Outcome admin(String... arguments) throws IOException {
        ClusterStatus status = realm.status();
        Path password = realm.emptyFolder("password").resolve("password");
        Files.writeString(password, status.central().password() + "\n");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                status.central().url(),
                "--user",
                status.central().user(),
                "--password-file",
                password.toString(),
                "--ca-fingerprint",
                status.caFingerprint()));
        return realm.stranger().run("admin", all.toArray(String[]::new));
    }
}
