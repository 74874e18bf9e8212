package org.cranny.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.client.central.PolicyText;
import org.cranny.client.central.WireRecords;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnNews;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.Served;
import org.cranny.client.realm.Roster;
import org.cranny.client.selection.ChosenFolders;
import org.cranny.protocol.anchor.KeptAnchors;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.protocol.job.JobPaths;
import org.cranny.protocol.job.ProgressAnswer;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.readers.AnySignature;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.recovery.HandedOver;
import org.cranny.protocol.release.ProgramAnswer;
import org.cranny.protocol.release.UpgradeOrder;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.MovedPlacements;
import org.cranny.protocol.snapshot.RestoreNote;

/** What travels as JSON, and the files of a home. */
final class HomeReaders {
    /** By the first octet; for ever in this order, because inputs that were found are kept. */
    private static final List<Class<?>> RECORDS = List.of(
            Problem.class,
            Enrolled.class,
            JoinBundle.class,
            HeartbeatAnswer.class,
            Looks.class,
            JobPaths.class,
            ProgressAnswer.class,
            Lease.class,
            MovedPlacements.class,
            CommitAnswer.class,
            RestoreNote.class,
            ProgramAnswer.class,
            UpgradeOrder.class,
            HandedOver.class,
            KeptList.class,
            Proofs.class,
            Challenges.class,
            TrashOrder.class,
            CopyOrder.class,
            CopyAnswer.class,
            Findings.class,
            Question.class,
            Answer.class,
            KeptAnchors.class,
            Roster.class);

    private static final List<String> FILES = List.of(
            "pause", "rates", "holds", "news", "served", "folders", "former-keys", "keys", "allotment", "config.json");

    /** How many of them stop nothing when they are damaged. */
    private static final int PASSED_OVER = 5;

    private HomeReaders() {}

    static List<Reader> all() {
        return List.of(
                Reader.of("wire-record", IOException.class, recordSeeds(), HomeReaders::record),
                Reader.of(
                        "policy",
                        MalformedException.class,
                        Texts.seeds(
                                "{\"tag\":\"a\",\"policy\":{\"paths\":[\"/home\"],\"schedule\":{\"times\":[\"0 3 * * *\"],"
                                        + "\"zone\":\"Europe/Berlin\",\"jitterMinutes\":5,\"window\":{\"from\":\"22:00\",\"to\":\"06:00\"},"
                                        + "\"catchUp\":true},\"bandwidth\":{\"uploadBytesPerSecond\":1,\"hours\":[{\"days\":[\"MON\"],"
                                        + "\"from\":\"08:00\",\"to\":\"18:00\",\"uploadBytesPerSecond\":1}]},\"battery\":{\"never\":true}},"
                                        + "\"folders\":[{\"path\":\"/home\",\"excludes\":[\"*.tmp\"]}],\"due\":[1790000000]}"),
                        octets -> PolicyText.of(PolicyText.parse(Texts.text(octets)))),
                Reader.of(
                        "configuration",
                        MalformedException.class,
                        Texts.seeds("{\"format\":1,\"central\":\"https://c:8443\",\"machines\":\"https://c:8444\","
                                + "\"realm\":\"0011223344556677\",\"system\":42,\"name\":\"ws-01\",\"caFingerprint\":\""
                                + "ab".repeat(32) + "\"}"),
                        octets -> Configuration.decode(octets).encode()),
                Reader.of("home-file", IOException.class, fileSeeds(), HomeReaders::file));
    }

    private static void record(byte[] octets) throws IOException {
        if (octets.length > 0) {
            Class<?> type = RECORDS.get((octets[0] & 0xff) % RECORDS.size());
            Object value = WireRecords.read(Arrays.copyOfRange(octets, 1, octets.length), type);
            WireRecords.write(value);
        }
    }

    private static List<byte[]> recordSeeds() {
        String json = "{\"kind\":\"BAD_REQUEST\",\"status\":400,\"detail\":\"d\",\"items\":[\"a\"],\"system\":2,"
                + "\"certificates\":[\"c\"],\"paths\":[\"/a\"],\"time\":1,\"intervalSeconds\":60,\"revoked\":[1],"
                + "\"probe\":[{\"system\":2,\"address\":\"https://h\"}],\"fragments\":[{\"id\":\"ab\",\"length\":3}],"
                + "\"placements\":[{\"pack\":\"ab\",\"k\":1,\"n\":2,\"fragments\":[{\"number\":0,\"receipt\":\"r\"}]}],"
                + "\"members\":[{\"number\":2,\"name\":\"n\"}],\"epoch\":3,\"began\":\"2030-01-01T12:00:00Z\"}";
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < RECORDS.size(); i++) {
            seeds.add(Texts.join(new byte[] {(byte) i}, Texts.octets(json)));
        }
        return seeds;
    }

    /** The first octet says which file of the home the others are. */
    private static void file(byte[] octets) throws IOException {
        if (octets.length == 0) {
            return;
        }
        Home home = Home.at(Scratch.folder("home").path());
        int number = (octets[0] & 0xff) % FILES.size();
        Path file =
                switch (number) {
                    case 6 -> home.formerKeysFile();
                    case 7 -> home.realmKeysFile();
                    default -> home.folder().resolve(FILES.get(number));
                };
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.copyOfRange(octets, 1, octets.length));
        try {
            look(home, number);
        } catch (IOException e) {
            if (number < PASSED_OVER) {
                throw new AssertionError(FILES.get(number) + " should be passed over when it is damaged", e);
            }
            throw e;
        }
    }

    private static void look(Home home, int number) throws IOException {
        switch (number) {
            case 0 -> new OwnPause(home, Clock.systemUTC()).now();
            case 1 -> new OwnRates(home).kept();
            case 2 -> new OwnHolds(home).kept();
            case 3 -> new OwnNews(home, Clock.systemUTC()).all();
            case 4 -> new Served(home).newest();
            case 5 -> new ChosenFolders(home).kept();
            case 6 -> home.formerKeys();
            case 7 -> home.realmKeys(AnySignature.KEY);
            case 8 -> home.allotment();
            default -> home.configuration();
        }
    }

    private static List<byte[]> fileSeeds() {
        List<String> texts = List.of(
                "2030-01-01T12:00:00Z 2030-01-02T12:00:00Z\n",
                "1000 2000\n",
                "BATTERY wait\nMETERED never\n",
                "FAILED 2030-01-01T12:00:00Z it did not\n",
                "1790000000\n",
                "/home/a\\xFF\n",
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n",
                "AAAACENSTllSSwAB\n",
                "AAAA\n",
                "{\"format\":1,\"realm\":\"0011223344556677\",\"system\":42,\"name\":\"a\",\"caFingerprint\":\"b\"}");
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            seeds.add(Texts.join(new byte[] {(byte) i}, Texts.octets(texts.get(i))));
        }
        return seeds;
    }
}
