package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three officers have the escrow key, two of them bring a lost machine's files back. The realm is shared, and a split has
 * no way back: the test keeps a copy of central's key aside and puts it back, as only who has such a copy can.
 */
@ExtendWith(SharesRealm.class)
@LongForm
class SplitEscrowIT {
    private static final List<String> NAMES = List.of("anna", "bert", "carl");

    private final Realm realm;
    private Path keyFile;
    private byte[] sealedKey;
    private byte[] realmKeys;

    SplitEscrowIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void keepKey() throws IOException {
        keyFile = realm.status().central().home().resolve("escrow.key");
        sealedKey = Files.readAllBytes(keyFile);
        realmKeys = Files.readAllBytes(keyFile.resolveSibling("realm-keys"));
    }

    @AfterEach
    void putKeyBack() throws IOException {
        Files.write(keyFile, sealedKey);
        for (String split : List.of("escrow.split", "escrow.split.next")) {
            Files.deleteIfExists(keyFile.resolveSibling(split));
        }
        Path signed = keyFile.resolveSibling("realm-keys");
        if (!Arrays.equals(realmKeys, Files.readAllBytes(signed))) {
            Files.write(signed, realmKeys);
            realm.cluster().killCentral();
        }
    }

    @Test
    void twoOfThreeOfficersBringALostMachineBackAndOneWithCentralsDiskOpensNothing() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 20, 5);
        Cranny lost = realm.source();
        BackupAndRestoreIT.backUp(lost, tree);
        String number = String.valueOf(Json.object(Files.readString(lost.home().resolve("config.json")))
                .getJsonNumber("system"));
        Cranny person = realm.stranger();
        Path shares = split(person);
        for (int i = 1; i <= NAMES.size(); i++) {
            Claims.done(realm.admin(person, withShare(shares, i, "escrow", "show")));
        }
        assertKeyIsNotOnCentralsDisk(shares);

        Path archive = realm.emptyFolder("archive").resolve("machine.tar");
        Claims.refusesInOneLine(
                1, realm.admin(person, "recover", number, "--archive", archive.toString()), "officers", "approval");
        JsonObject recovery = realm.administrator()
                .json(realm.api("/recoveries?limit=1"))
                .asJsonArray()
                .getJsonObject(0);
        String approval = String.valueOf(recovery.getJsonNumber("approval"));
        assertFalse(brought(realm.admin(person, withShare(shares, 1, "escrow", "bring", approval, "--json"))));
        String[] goOn = {
            "recover",
            number,
            "--archive",
            archive.toString(),
            "--recovery",
            recovery.get("id").toString()
        };
        Claims.refusesInOneLine(1, realm.admin(person, goOn), "officers");
        assertFalse(Files.exists(archive));
        assertTrue(brought(realm.admin(person, withShare(shares, 3, "escrow", "bring", approval, "--json"))));
        Claims.done(realm.admin(person, goOn));
        Path unpacked = realm.emptyFolder("unpacked");
        Claims.done(Command.run(unpacked, List.of("tar", "-xpf", archive.toString(), "--same-owner"), Map.of()));
        assertEquals(List.of(), TreeComparison.compare(tree, Claims.below(unpacked, tree)));
    }

    @Test
    void afterAChangeTheOfficersOfNowBringAMachineBackAndThoseOfBeforeOpenNothing() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 10, 6);
        Cranny lost = realm.source();
        BackupAndRestoreIT.backUp(lost, tree);
        String number = String.valueOf(Json.object(Files.readString(lost.home().resolve("config.json")))
                .getJsonNumber("system"));
        Cranny person = realm.stranger();
        Path before = split(person);
        for (int i = 1; i <= NAMES.size(); i++) {
            assertEquals(200, posted("/escrow/split/shares", before, i));
        }
        Path now = realm.emptyFolder("officers-of-now");
        Claims.done(realm.admin(
                person,
                "escrow",
                "change",
                "--threshold",
                "2",
                "--officer",
                "dora=" + drawn(now.resolve("key-1")),
                "--officer",
                "emil=" + drawn(now.resolve("key-2"))));
        Command.Outcome one =
                realm.admin(person, withShare(before, 1, "escrow", "agree", "--into", now.toString(), "--json"));
        Claims.done(one);
        assertEquals(1, Json.ofType(one.output(), "officers-change").get(0).getInt("brought"));
        assertFalse(Files.exists(now.resolve("share-1")));
        Claims.done(realm.admin(person, withShare(before, 3, "escrow", "agree", "--into", now.toString())));
        assertEquals(200, posted("/escrow/split/shares", now, 1));
        assertEquals(200, posted("/escrow/split/shares", now, 2));

        Path archive = realm.emptyFolder("archive").resolve("machine.tar");
        Claims.refusesInOneLine(
                1, realm.admin(person, "recover", number, "--archive", archive.toString()), "officers", "approval");
        JsonObject recovery = realm.administrator()
                .json(realm.api("/recoveries?limit=1"))
                .asJsonArray()
                .getJsonObject(0);
        String shares = "/approvals/" + recovery.getJsonNumber("approval") + "/shares";
        assertEquals(400, posted(shares, before, 1), "an officer of before");
        assertEquals(400, posted(shares, before, 3), "an officer of before");
        assertEquals(200, posted(shares, now, 1));
        assertEquals(200, posted(shares, now, 2));
        String id = recovery.get("id").toString();
        Claims.done(realm.admin(person, "recover", number, "--archive", archive.toString(), "--recovery", id));
        Path unpacked = realm.emptyFolder("unpacked");
        Claims.done(Command.run(unpacked, List.of("tar", "-xpf", archive.toString(), "--same-owner"), Map.of()));
        assertEquals(List.of(), TreeComparison.compare(tree, Claims.below(unpacked, tree)));
    }

    /** An officer gives a share away, in clear, as the command does it, and faster. @return the status of the answer */
    private int posted(String path, Path officers, int number) throws Exception {
        byte[] octets = share(officers, number).encode();
        String body = "{\"share\":\"" + Base64.getEncoder().encodeToString(octets) + "\"}";
        return realm.administrator().post(realm.api(path), body).statusCode();
    }

    /** Officers' keys {@code key-N} and their sealed shares {@code share-N}. */
    private Path split(Cranny person) throws IOException {
        Path folder = realm.emptyFolder("officers");
        List<String> split =
                new ArrayList<>(List.of("escrow", "split", "--threshold", "2", "--into", folder.toString()));
        for (int i = 0; i < NAMES.size(); i++) {
            Path file = folder.resolve("key-" + (i + 1));
            split.addAll(List.of("--officer", NAMES.get(i) + "=" + (i == 0 ? drawn(person, file) : drawn(file))));
        }
        Claims.done(realm.admin(person, split.toArray(String[]::new)));
        return folder;
    }

    private String drawn(Cranny person, Path file) {
        Command.Outcome drawn = realm.admin(person, "escrow", "officer-key", file.toString(), "--json");
        Claims.done(drawn);
        return Json.ofType(drawn.output(), "officer-key").get(0).getString("key");
    }

    /** As the command does it, and faster. */
    private static String drawn(Path file) throws IOException {
        Escrow.KeyPair pair = Escrow.draw();
        Files.writeString(
                file, Base64.getEncoder().encodeToString(pair.privateKey().bytes()));
        return Base64.getEncoder().encodeToString(pair.publicKey());
    }

    private static String[] withShare(Path folder, int number, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--share", folder.resolve("share-" + number).toString()));
        all.addAll(List.of("--key", folder.resolve("key-" + number).toString()));
        return all.toArray(String[]::new);
    }

    private static boolean brought(Command.Outcome outcome) {
        Claims.done(outcome);
        return Json.ofType(outcome.output(), "brought").get(0).getBoolean("open");
    }

    private void assertKeyIsNotOnCentralsDisk(Path officers) throws Exception {
        assertFalse(Files.exists(keyFile));
        KeyShare first = share(officers, 1);
        KeyShare second = share(officers, 2);
        byte[] key = KeyShare.join(List.of(first, second)).bytes();
        List<byte[]> wanted = new ArrayList<>();
        for (byte[] secret : List.of(
                key,
                tail(first),
                tail(second),
                Arrays.copyOfRange(sealedKey, sealedKey.length - 48, sealedKey.length))) {
            wanted.add(secret);
            wanted.add(HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
            wanted.add(Base64.getEncoder().withoutPadding().encode(secret));
        }
        for (Path folder : List.of(keyFile.getParent(), realm.domain())) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String octets = Files.readString(file, StandardCharsets.ISO_8859_1);
                    for (byte[] secret : wanted) {
                        assertFalse(octets.contains(new String(secret, StandardCharsets.ISO_8859_1)), file::toString);
                    }
                }
            }
        }
    }

    private static byte[] tail(KeyShare share) {
        byte[] octets = share.encode();
        return Arrays.copyOfRange(octets, octets.length - 32, octets.length);
    }

    private static KeyShare share(Path officers, int number) throws Exception {
        return Escrow.openShare(
                read(officers.resolve("share-" + number)), Secret.of(read(officers.resolve("key-" + number))));
    }

    private static byte[] read(Path file) throws IOException {
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }
}
