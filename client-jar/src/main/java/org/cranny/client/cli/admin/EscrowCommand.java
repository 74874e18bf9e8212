package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.engine.keys.Escrow;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The escrow key in the hands of recovery officers. */
@Command(
        name = "escrow",
        description = "Give the escrow key to recovery officers, and bring their shares.",
        synopsisSubcommandLabel = "COMMAND")
final class EscrowCommand implements Runnable {
    private static final int KEY_OCTETS = 32;

    @ParentCommand
    private AdminCommand admin;

    @Override
    public void run() {
        throw admin.wrong("Say what to do, for example 'cranny admin escrow status'.");
    }

    @Command(
            name = "officer-key",
            description =
                    "Draw an officer's own key: the file stays with the officer, the line that is printed does not.")
    int officerKey(@Parameters(paramLabel = "FILE", description = "Where to keep it.") Path file) throws IOException {
        Escrow.KeyPair pair = Escrow.draw();
        byte[] octets = pair.privateKey().bytes();
        write(file, Base64.getEncoder().encodeToString(octets));
        Arrays.fill(octets, (byte) 0);
        pair.privateKey().destroy();
        String key = Base64.getEncoder().encodeToString(pair.publicKey());
        Answers.print(
                admin.common(),
                "officer-key",
                Json.createObjectBuilder().add("key", key).build(),
                "Give this to whoever splits the escrow key: " + key);
        return 0;
    }

    @Command(description = "Say who can open key rings.")
    int status() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            show(central.get("escrow/split").asJsonObject());
        }
        return 0;
    }

    @Command(
            description = {
                "Make shares of the escrow key, one sealed file an officer.",
                "Central has the key until every officer has shown theirs."
            })
    int split(
            @Option(
                            names = "--officer",
                            paramLabel = "NAME=KEY",
                            required = true,
                            description = "An officer and their key, as 'officer-key' printed it; once for each.")
                    Map<String, String> officers,
            @Option(names = "--threshold", paramLabel = "M", required = true, description = "How many open a ring.")
                    int threshold,
            @Option(names = "--into", paramLabel = "DIR", required = true, description = "Folder for the files.")
                    Path folder)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            keep(central.post("escrow/split", request(officers, threshold)).asJsonObject(), folder);
        }
        return 0;
    }

    @Command(
            description = {
                "Ask for other officers, once the key is with officers.",
                "Those of now agree within the hour: see 'cranny admin escrow agree'."
            })
    int change(
            @Option(
                            names = "--officer",
                            paramLabel = "NAME=KEY",
                            required = true,
                            description = "An officer to be and their key, as 'officer-key' printed it; once for each.")
                    Map<String, String> officers,
            @Option(names = "--threshold", paramLabel = "M", required = true, description = "How many open a ring.")
                    int threshold)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject asked = central.post("escrow/split/changes", request(officers, threshold))
                    .asJsonObject();
            Answers.print(
                    admin.common(),
                    "officers-change",
                    asked,
                    "Now " + asked.getInt("needed") + " officers run 'cranny admin escrow agree', within the hour.");
        }
        return 0;
    }

    @Command(
            description = {
                "Bring a share, so that other officers get theirs.",
                "With the last one that is needed the sealed files of the others are written."
            })
    int agree(
            @Option(names = "--share", paramLabel = "FILE", required = true, description = "The officer's share.")
                    Path share,
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "The officer's own key.")
                    Path key,
            @Option(names = "--into", paramLabel = "DIR", required = true, description = "Folder for the files.")
                    Path folder)
            throws IOException {
        JsonObject opened = opened(share, key);
        Files.createDirectories(folder);
        try (PeoplesCentral central = admin.central()) {
            JsonObject changed =
                    central.post("escrow/split/changes/shares", opened).asJsonObject();
            if (changed.containsKey("shares")) {
                keep(changed.getJsonObject("shares"), folder);
                return 0;
            }
            Answers.print(
                    admin.common(),
                    "officers-change",
                    changed,
                    changed.getInt("brought") + " of " + changed.getInt("needed") + " officers agree that "
                            + changed.getInt("threshold") + " of these open a key ring: "
                            + Answers.text(changed, "officers") + ".");
        }
        return 0;
    }

    private static JsonObject request(Map<String, String> officers, int threshold) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        officers.forEach((name, key) ->
                list.add(Json.createObjectBuilder().add("name", name).add("key", key)));
        return Json.createObjectBuilder()
                .add("officers", list)
                .add("threshold", threshold)
                .build();
    }

    private void keep(JsonObject split, Path folder) throws IOException {
        Files.createDirectories(folder);
        int number = 0;
        for (JsonObject share : split.getJsonArray("shares").getValuesAs(JsonObject.class)) {
            number++;
            write(folder.resolve("share-" + number), share.getString("share"));
            admin.common().say("share-" + number + " is for " + share.getString("officer") + ".");
        }
        Answers.print(
                admin.common(),
                "escrow-split",
                Json.createObjectBuilder()
                        .add("split", split.getString("split"))
                        .add("threshold", split.getInt("threshold"))
                        .add("shares", number)
                        .build(),
                "Hand the files out. When every officer has run 'cranny admin escrow show', the split holds.");
    }

    @Command(description = "Show a share of a new split, which proves that it arrived.")
    int show(
            @Option(names = "--share", paramLabel = "FILE", required = true, description = "The officer's share.")
                    Path share,
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "The officer's own key.")
                    Path key)
            throws IOException {
        JsonObject opened = opened(share, key);
        try (PeoplesCentral central = admin.central()) {
            show(central.post("escrow/split/shares", opened).asJsonObject());
        }
        return 0;
    }

    @Command(description = "Bring a share, so that one machine can be recovered under one approval.")
    int bring(
            @Parameters(paramLabel = "APPROVAL", description = "Its number.") long approval,
            @Option(names = "--share", paramLabel = "FILE", required = true, description = "The officer's share.")
                    Path share,
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "The officer's own key.")
                    Path key)
            throws IOException {
        JsonObject opened = opened(share, key);
        try (PeoplesCentral central = admin.central()) {
            JsonObject brought =
                    central.post("approvals/" + approval + "/shares", opened).asJsonObject();
            Answers.print(
                    admin.common(),
                    "brought",
                    brought,
                    brought.getBoolean("open")
                            ? "The machine can be recovered now, within the hour."
                            : brought.getInt("brought") + " of " + brought.getInt("threshold") + " shares are there.");
        }
        return 0;
    }

    @Command(
            description = {
                "Hand a share over to another key, for the day on which central is made again from its dump.",
                "Asks nobody: whoever has that key and enough shares has the escrow key."
            })
    int hand(
            @Option(names = "--share", paramLabel = "FILE", required = true, description = "The officer's share.")
                    Path share,
            @Option(names = "--key", paramLabel = "FILE", required = true, description = "The officer's own key.")
                    Path key,
            @Option(
                            names = "--to",
                            paramLabel = "KEY",
                            required = true,
                            description = "The key of whoever makes central again, as 'officer-key' printed it.")
                    String to,
            @Option(names = "--into", paramLabel = "FILE", required = true, description = "The file to hand over.")
                    Path into)
            throws IOException {
        byte[] receiver = publicKey(to);
        try (OfficersKey officer = new OfficersKey(read(key))) {
            KeyShare opened = Escrow.openShare(read(share), officer.secret());
            try {
                write(into, Base64.getEncoder().encodeToString(Escrow.sealShare(opened, receiver)));
                Answers.print(
                        admin.common(),
                        "share-handed",
                        Json.createObjectBuilder()
                                .add("split", opened.split())
                                .add("number", opened.number())
                                .build(),
                        "Only whoever has that key can open " + into + ". Give it to them.");
            } finally {
                opened.destroy();
            }
        }
        return 0;
    }

    private byte[] publicKey(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != KEY_OCTETS) {
            throw admin.wrong("--to is no key. Give the line that 'cranny admin escrow officer-key' printed.");
        }
        return key;
    }

    private void show(JsonObject status) {
        boolean split = status.getString("mode").equals("SPLIT");
        String next = status.getString("nextSplit", null);
        Answers.print(
                admin.common(),
                "escrow",
                status,
                (split
                                ? status.getInt("threshold") + " of these officers open a key ring: "
                                        + Answers.text(status, "officers") + "."
                                : "Central has the escrow key.")
                        + (next == null
                                ? ""
                                : " A split waits for these officers to show their shares: "
                                        + Answers.text(status, "missing") + "."));
    }

    private static JsonObject opened(Path shareFile, Path keyFile) throws IOException {
        try (OfficersKey key = new OfficersKey(read(keyFile))) {
            KeyShare share = Escrow.openShare(read(shareFile), key.secret());
            byte[] octets = share.encode();
            String text = Base64.getEncoder().encodeToString(octets);
            Arrays.fill(octets, (byte) 0);
            share.destroy();
            return Json.createObjectBuilder().add("share", text).build();
        }
    }

    /** Wiped when it has done its work. */
    private record OfficersKey(Secret secret) implements AutoCloseable {
        OfficersKey(byte[] octets) {
            this(Secret.of(octets));
            Arrays.fill(octets, (byte) 0);
        }

        @Override
        public void close() {
            secret.destroy();
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "The file " + file + " is neither a share nor an officer's key. Name another one.", e);
        }
    }

    private void write(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            throw admin.wrong("There is a file at " + file + " already. Name another one.");
        }
        try (OwnersFile out = OwnersFile.create(file)) {
            out.stream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
            out.sync();
        }
    }
}
