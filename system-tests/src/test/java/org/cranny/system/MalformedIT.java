package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What makes no sense is refused: no answer is a failure of the server's own, and none tells what runs inside. */
@LongForm
@ExtendWith(SharesRealm.class)
class MalformedIT {
    private static final int FEW = 900;
    private static final int MANY = 50_000;
    private static final int SHOWN = 12;
    private static final Pattern INSIDE = Pattern.compile("\\tat |Exception|org\\.glassfish|jakarta\\.|java\\.lang");

    private final Realm shared;

    MalformedIT(Realm shared) {
        this.shared = shared;
    }

    @Test
    void hundredsAreRefused() throws IOException {
        ask(shared, FEW, true);
    }

    @Test
    void fiftyThousandAreRefusedAndTheRealmGoesOn() throws IOException {
        try (Realm realm = new Realm("127.0.0.1", Realm.PORT_BASE + 600, 2)) {
            realm.makeWhole();
            ask(realm, MANY, false);
            Cranny source = realm.source();
            Path tree = realm.emptyFolder("tree");
            Contents.text(tree.resolve("file"), "still there");
            BackupAndRestoreIT.backUp(source, tree);
        }
    }

    private static void ask(Realm realm, int many, boolean harmless) throws IOException {
        ClusterStatus status = realm.status();
        ClusterStatus.Central central = status.central();
        Path source = realm.source().home();
        Path host = status.daemons().get(0).home();
        String administrator = "Basic "
                + Base64.getEncoder()
                        .encodeToString((central.user() + ":" + central.password()).getBytes(StandardCharsets.UTF_8));
        URI machines = URI.create(
                realm.administrator().json(realm.api("/realm")).asJsonObject().getString("machinesUrl"));
        Path pages = realm.repository().resolve("docs/protocol");
        Path centrals = pages.resolve("central.md");
        Path daemons = pages.resolve("daemon.md");
        URI people = URI.create(central.url());
        URI daemon = URI.create(status.daemons().get(0).url());
        String api = people.getPath() + "/api/v1";
        List<Asking> all = List.of(
                new Asking("an administrator", source, people, centrals, api, administrator),
                new Asking("nobody", source, people, centrals, api, null),
                new Asking("a source", source, machines, centrals, api, null),
                new Asking("a host", host, machines, centrals, api, null),
                new Asking("a source, a daemon", source, daemon, daemons, "/cranny", null),
                new Asking("a host, a daemon", host, daemon, daemons, "/cranny", null));
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).ask(many / all.size(), i + 1, harmless, wrong);
        }
        assertEquals(
                "", String.join("\n", wrong.subList(0, Math.min(SHOWN, wrong.size()))), () -> wrong.size() + " in all");
        assertEquals(200, realm.administrator().get(realm.api("/health")).statusCode());
        String log = Files.readString(realm.centralLog(), StandardCharsets.ISO_8859_1);
        assertTrue(!log.contains("OutOfMemoryError") && !log.contains("StackOverflowError"), "central's log");
    }

    /** Who asks whom. @param home with the certificate that is shown */
    private record Asking(String who, Path home, URI server, Path page, String base, String authorization) {

        void ask(int many, long seed, boolean harmless, List<String> wrong) throws IOException {
            MalformedRequests requests = new MalformedRequests(seed, page, base, harmless);
            assertTrue(requests.size() > 10, page + " lists nothing");
            Map<Integer, Integer> answers = new TreeMap<>();
            long from = System.nanoTime();
            KeptConnection connection = KeptConnection.of(home, server);
            boolean fresh = true;
            int dropped = 0;
            for (int i = 0; i < many; i++) {
                MalformedRequests.Nonsense nonsense = requests.next(connection.authority(), authorization);
                KeptConnection.Answer answer = asked(connection, nonsense);
                if (answer.status() == 0 && !fresh && !nonsense.ends()) {
                    dropped++;
                    connection.close();
                    connection = KeptConnection.of(home, server);
                    answer = asked(connection, nonsense);
                }
                fresh = answer.last() || nonsense.ends();
                if (fresh) {
                    connection.close();
                    connection = KeptConnection.of(home, server);
                }
                answers.merge(answer.status(), 1, Integer::sum);
                if (isWrong(nonsense, answer)) {
                    wrong.add(String.format(
                            Locale.ROOT,
                            "%s, seed %d, request %d: %s %.200s: %d %.300s",
                            who,
                            seed,
                            i,
                            nonsense.method(),
                            nonsense.target(),
                            answer.status(),
                            answer.body()));
                }
            }
            connection.close();
            System.out.printf(
                    Locale.ROOT,
                    "malformed, as %s: %,d requests to %d of %s in %.1f s, answers %s, %d on a second connection%n",
                    who,
                    many,
                    requests.size(),
                    page.getFileName(),
                    (System.nanoTime() - from) / 1e9,
                    answers,
                    dropped);
        }

        /** A server may end a connection that it kept at any time: RFC 9112, section 9.3. Whoever asks comes again then. */
        private static KeptConnection.Answer asked(KeptConnection connection, MalformedRequests.Nonsense nonsense) {
            try {
                return connection.ask(nonsense.method(), nonsense.octets());
            } catch (RuntimeException e) {
                return new KeptConnection.Answer(-1, e.toString(), true);
            }
        }

        private static boolean isWrong(MalformedRequests.Nonsense nonsense, KeptConnection.Answer answer) {
            boolean saysSo = answer.status() == 503 && answer.body().contains("\"kind\"");
            boolean closed = answer.status() == 0 && nonsense.ends();
            return answer.status() >= 500 && !saysSo
                    || answer.status() <= 0 && !closed
                    || answer.status() >= 400 && INSIDE.matcher(answer.body()).find();
        }
    }
}
