package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fifty words that nobody but their machine, or whoever they were said to, may learn: as names, contents, links, attributes,
 * paths of jobs, uploads, passwords and tokens. They are looked for in all that daemons and central keep and write, and in
 * all that goes over the network, as they are and in the ways in which programs write words.
 */
@LongForm
@ExtendWith(SharesRealm.class)
class CanaryIT {
    private static final int ALL = 50;
    private static final int WINDOW = 1 << 20;
    private static final int LONGEST = 512;

    private final Realm realm;
    private final SecureRandom random = new SecureRandom();
    /** Words, and what each was used as. */
    private final Map<String, String> canaries = new LinkedHashMap<>();

    CanaryIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void fiftyWordsAreNowhereTheyShouldNotBe() throws Exception {
        Path wire = realm.emptyFolder("wire").resolve("packets");
        Background capture =
                Background.start(List.of("tcpdump", "-i", "lo", "-s", "0", "-U", "-w", wire.toString(), "tcp"));
        Await.until("packets are written down", Duration.ofSeconds(20), () -> Files.exists(wire));
        Path tree = tree();
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, tree);
        Files.writeString(tree.resolve("changed"), canary("contents that came later"));
        BackupAndRestoreIT.backUp(source, tree);
        Claims.done(source.run("restore", "--target", realm.emptyFolder("back").toString(), "latest"));
        Claims.done(source.run("check", "--read-data"));
        Claims.done(source.run("find", "latest", "*", "--below", tree.toString()));
        peopleAct(source);
        String capitals = canary("a plain word on the wire, to see that it would be found");
        assertEquals(ALL, canaries.size(), canaries::toString);
        new ProcessBuilder("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$0 && echo " + capitals + " >&3", port())
                .start()
                .waitFor();
        Await.until("it is written down", Duration.ofSeconds(20), () -> !found(wire, Set.of(capitals))
                .isEmpty());
        capture.interrupt();
        capture.end(Duration.ofSeconds(20));

        Map<String, Set<String>> seen = new LinkedHashMap<>();
        ClusterStatus status = realm.status();
        List<Path> kept = new ArrayList<>(List.of(
                status.central().home(),
                realm.centralLog().getParent(),
                realm.domain().resolve("logs")));
        status.daemons().forEach(daemon -> kept.add(daemon.home()));
        long octets = Files.size(wire);
        look(wire, seen);
        for (Path folder : kept) {
            for (Path file : files(folder)) {
                octets += Files.size(file);
                look(file, seen);
            }
        }
        System.out.printf(Locale.ROOT, "canaries: %d looked for in %,d octets of disks, logs and wire%n", ALL, octets);
        assertEquals(Set.of(capitals), seen.remove(wire.toString()), "on the wire");
        assertEquals(Map.of(), seen);
    }

    private String port() {
        return Integer.toString(
                java.net.URI.create(realm.status().central().url()).getPort());
    }

    private Path tree() throws IOException {
        Path tree = realm.emptyFolder("canaries");
        for (int i = 0; i < 8; i++) {
            Files.writeString(tree.resolve(canary("name of a file")), "nothing\n");
        }
        for (int i = 0; i < 6; i++) {
            Path folder = Files.createDirectories(tree.resolve(canary("name of a folder")));
            Files.writeString(folder.resolve("a"), canary("contents of a small file"));
        }
        for (int i = 0; i < 4; i++) {
            Files.createSymbolicLink(tree.resolve("link-" + i), Path.of("/srv/" + canary("target of a link")));
        }
        for (int i = 0; i < 4; i++) {
            Files.writeString(
                    tree.resolve("repeated-" + i), (canary("contents that are repeated") + " ").repeat(30_000));
        }
        for (int i = 0; i < 4; i++) {
            byte[] large = new byte[3_000_000];
            random.nextBytes(large);
            byte[] word = canary("contents in the midst of noise").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(word, 0, large, 1_234_567, word.length);
            Files.write(tree.resolve("noise-" + i), large);
        }
        for (int i = 0; i < 3; i++) {
            Path file = Files.writeString(tree.resolve("attributed-" + i), "x");
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write(
                            canary("name of an attribute"),
                            StandardCharsets.UTF_8.encode(canary("value of an attribute")));
        }
        return tree;
    }

    /** What people say to central, which seals it, hashes it, or forgets it. */
    private void peopleAct(Cranny source) throws IOException {
        Caller administrator = realm.administrator();
        long number = administrator.json(realm.api("/systems")).asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("name")
                        .equals(source.home().getFileName().toString()))
                .findFirst()
                .orElseThrow()
                .getInt("number");
        for (int i = 0; i < 3; i++) {
            made(administrator.post(
                    realm.api("/systems/" + number + "/jobs"),
                    Json.createObjectBuilder()
                            .add("kind", "BACKUP")
                            .add("paths", Json.createArrayBuilder().add("/srv/" + canary("path of a job")))
                            .build()
                            .toString()));
        }
        String token = Caller.body(administrator.post(realm.api("/api-tokens"), "{\"name\":\"canary\"}"))
                .asJsonObject()
                .getString("token");
        canaries.put(token, "an API token");
        String join = Caller.body(administrator.post(
                        realm.api("/tokens"), "{\"roles\":[\"source\"],\"uses\":1,\"validSeconds\":600}"))
                .asJsonObject()
                .getString("token");
        canaries.put(join, "a token to join");
        canaries.put(Files.readString(realm.escrowPassphrase()).strip(), "the escrow passphrase");
        Caller owner = Caller.administrator(realm.status().caFingerprint(), "owner", Staff.password("owner"));
        long device = Caller.body(owner.post(realm.api("/devices"), "{\"name\":\"phone\"}"))
                .asJsonObject()
                .getInt("number");
        for (int i = 0; i < 2; i++) {
            made(owner.send(HttpRequest.newBuilder(java.net.URI.create(
                            realm.api("/devices/" + device + "/files/" + canary("name of an upload"))))
                    .PUT(HttpRequest.BodyPublishers.ofString(canary("contents of an upload")))));
        }
        Await.until("uploads are spread", Duration.ofMinutes(2), () -> {
            try {
                return owner.json(realm.api("/devices/" + device))
                                .asJsonObject()
                                .getInt("waiting")
                        == 0;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void made(java.net.http.HttpResponse<String> answer) {
        assertTrue(answer.statusCode() / 100 == 2, answer::body);
    }

    private String canary(String use) {
        byte[] octets = new byte[8];
        random.nextBytes(octets);
        String word = "canary" + HexFormat.of().formatHex(octets);
        canaries.put(word, use);
        return word;
    }

    private void look(Path file, Map<String, Set<String>> seen) throws IOException {
        Set<String> found = found(file, canaries.keySet());
        if (!found.isEmpty()) {
            seen.put(file.toString(), found);
        }
    }

    /** Which of the words a file has, in any of their forms. */
    private static Set<String> found(Path file, Set<String> words) {
        Map<String, String> forms = new LinkedHashMap<>();
        words.forEach(word -> forms(word).forEach(form -> forms.put(form, word)));
        Set<String> found = new TreeSet<>();
        byte[] window = new byte[WINDOW + LONGEST];
        try (java.io.InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            for (int got = in.readNBytes(window, 0, WINDOW); got > 0; got = in.readNBytes(window, kept, WINDOW)) {
                String text = new String(window, 0, kept + got, StandardCharsets.ISO_8859_1);
                forms.forEach((form, word) -> {
                    if (text.contains(form)) {
                        found.add(word);
                    }
                });
                int tail = Math.min(LONGEST, kept + got);
                System.arraycopy(window, kept + got - tail, window, 0, tail);
                kept = tail;
            }
        } catch (IOException vanished) {
            return found;
        }
        return found;
    }

    /** As programs write words: in three encodings, in hexadecimal, and in base64 wherever it begins. */
    private static List<String> forms(String word) {
        List<String> forms = new ArrayList<>();
        for (Charset each : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            forms.add(new String(word.getBytes(each), StandardCharsets.ISO_8859_1));
        }
        byte[] octets = word.getBytes(StandardCharsets.UTF_8);
        forms.add(HexFormat.of().formatHex(octets));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + octets.length];
            System.arraycopy(octets, 0, shifted, before, octets.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.add(text.substring(before == 0 ? 0 : before + 1, text.length() - 1));
        }
        return forms;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
