package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.cranny.protocol.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What makes no sense is refused: no answer is a failure of the server's own, and none tells what runs inside. */
@ExtendWith(SharesRealm.class)
class MalformedIT {
    /** From so many on, everything that answers is asked. */
    private static final int ENOUGH = 1_600;

    private static final int FEW = Boolean.getBoolean("cranny.long") ? ENOUGH : 400;
    private static final int MANY = Integer.getInteger("cranny.malformed", 50_000);
    private static final int SPOILT = Integer.getInteger("cranny.malformed", 50_000) / 100;
    private static final long SEED = Long.getLong("cranny.malformed.seed", 0);
    /** Who asks, when it is not everybody; for what failed, asked again. */
    private static final String ASKER = System.getProperty("cranny.malformed.asker", "");

    private static final int SHOWN = 20;
    private static final int SENDERS = 16;
    private static final int ASKERS = 4;
    /** Who asks: each has the same share. */
    private static final int SHARES = 8;

    /** Pages take longest, so their share is that of several administrators at once. */
    private static final int ADMINISTRATORS = 4;

    private static final int STREAM_TIMEOUT_SECONDS = 90;
    /** What a server may hold on to: caches, pools, sessions, and what the collector had not taken yet. */
    private static final long MOST_MORE_HEAP = 128L << 20;

    private static final Pattern INSIDE = Pattern.compile(
            "\\tat"
                    + " |Exception|org\\.glassfish|jakarta\\.|java\\.lang|org\\.cranny|com\\.sun|Payara|GlassFish|Grizzly|Mojarra");
    /** Pages name scripts and fields of the server's own. */
    private static final Pattern INSIDE_A_PAGE =
            Pattern.compile("\\tat |Exception|org\\.glassfish|java\\.lang|org\\.cranny|com\\.sun|Payara|Mojarra");

    private static final Pattern ANSWER = Pattern.compile("(?m)^HTTP/1\\.[01] ([0-9]{3})");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    private final Realm shared;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    MalformedIT(Realm shared) {
        this.shared = shared;
    }

    @Test
    void hundredsAreRefused() throws IOException {
        new Everybody(shared).ask(FEW, true);
        goesOn(shared);
    }

    @Test
    @LongForm
    void fiftyThousandAreRefusedAndTheRealmGoesOn() throws IOException {
        try (Realm realm = new Realm("127.0.0.1", Realm.PORT_BASE + 600, 2)) {
            realm.makeWhole();
            new Everybody(realm).ask(FEW, true);
            long central = liveHeap(realm.status().central().pid());
            long daemon = liveHeap(realm.status().daemon(1).pid());
            new Everybody(realm).ask(MANY, false);
            goesOn(realm);
            isBounded("central", central, realm.status().central().pid());
            isBounded("a daemon", daemon, realm.status().daemon(1).pid());
            Cranny source = realm.source();
            Path tree = realm.emptyFolder("tree");
            Contents.text(tree.resolve("file"), "still there");
            BackupAndRestoreIT.backUp(source, tree);
        }
    }

    @Test
    @LongForm
    void octetsThatAreNoRequestAreRefused() throws IOException {
        Everybody everybody = new Everybody(shared);
        for (Door door : everybody.doors()) {
            door.send(SPOILT, wrong);
        }
        goesOn(shared);
    }

    /** Nothing was answered as it should not be, and what makes sense is answered well. */
    private void goesOn(Realm realm) throws IOException {
        assertEquals(
                "", String.join("\n", wrong.subList(0, Math.min(SHOWN, wrong.size()))), () -> wrong.size() + " in all");
        assertEquals(200, realm.administrator().get(realm.api("/health")).statusCode());
        String log = Files.readString(realm.centralLog(), StandardCharsets.ISO_8859_1);
        assertTrue(!log.contains("OutOfMemoryError") && !log.contains("StackOverflowError"), "central's log");
    }

    private static void isBounded(String who, long before, long pid) {
        long[] after = {0};
        try {
            Await.until(
                    who + " forgets what it was asked", java.time.Duration.ofSeconds(STREAM_TIMEOUT_SECONDS), () -> {
                        after[0] = liveHeap(pid);
                        return after[0] - before < MOST_MORE_HEAP;
                    });
        } finally {
            System.out.printf(
                    Locale.ROOT,
                    "malformed, %s: %d MiB live before, %d MiB after%n",
                    who,
                    before >> 20,
                    after[0] >> 20);
        }
    }

    /** Octets of the objects that are reachable, after a full collection. */
    private static long liveHeap(long pid) {
        Command.Outcome outcome = Command.run(
                Path.of("."),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram"),
                Map.of());
        Matcher total = TOTAL.matcher(outcome.output());
        assertTrue(total.find(), () -> outcome.errors() + outcome.output());
        return Long.parseLong(total.group(1));
    }

    /** What comes of each, in their order. */
    private static <T> List<T> atOnce(int many, List<Callable<T>> all) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(all)) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Everybody who may ask anything, of one realm. */
    private final class Everybody {
        private final Realm realm;
        private final ClusterStatus status;
        private final Path source;
        private final Path host;
        private final String administrator;
        private final URI people;
        private final URI machines;
        private final URI daemon;

        Everybody(Realm realm) throws IOException {
            this.realm = realm;
            this.status = realm.status();
            ClusterStatus.Central central = status.central();
            this.source = realm.source().home();
            this.host = status.daemons().get(0).home();
            this.administrator = "Basic "
                    + Base64.getEncoder()
                            .encodeToString(
                                    (central.user() + ":" + central.password()).getBytes(StandardCharsets.UTF_8));
            this.people = URI.create(central.url());
            this.machines = realm.machines();
            this.daemon = URI.create(status.daemons().get(0).url());
        }

        void ask(int many, boolean harmless) throws IOException {
            Path pages = realm.repository().resolve("docs/protocol");
            Path centrals = pages.resolve("central.md");
            Path daemons = pages.resolve("daemon.md");
            String root = people.getPath();
            long machine = realm.host("daemon-1").getJsonNumber("id").longValue();
            long seed = SEED * 100;
            List<Asking> all = new ArrayList<>();
            for (int i = 0; i < ADMINISTRATORS; i++) {
                all.add(forms("an administrator, pages", Visit.administrator(realm), ++seed, root, machine, harmless));
            }
            all.addAll(List.of(
                    requests("an administrator", source, people, administrator, ++seed, centrals, root, harmless),
                    requests("a source", source, machines, null, ++seed, centrals, root, harmless),
                    requests("a host", host, machines, null, ++seed, centrals, root, harmless),
                    requests("a source, a daemon", source, daemon, null, ++seed, daemons, "/cranny", harmless),
                    requests("a host, a daemon", host, daemon, null, ++seed, daemons, "/cranny", harmless),
                    forms("nobody, pages", Visit.stranger(realm, null), ++seed, root, machine, harmless),
                    requests("nobody", source, people, null, ++seed, centrals, root, harmless)));
            List<Callable<Void>> asking = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                Asking one = all.get(i);
                int share = many / SHARES / (i < ADMINISTRATORS ? ADMINISTRATORS : 1);
                if (one.who().startsWith(ASKER)) {
                    asking.add(() -> {
                        one.ask(share, wrong);
                        return null;
                    });
                }
            }
            atOnce(ASKERS, asking);
            Set<String> never = new TreeSet<>();
            all.forEach(each -> never.addAll(each.listed()));
            all.forEach(each -> never.removeAll(each.asked()));
            assertTrue(many < ENOUGH || !ASKER.isEmpty() || never.isEmpty(), () -> "nobody asked " + never);
        }

        private Asking requests(
                String who,
                Path home,
                URI server,
                String authorization,
                long seed,
                Path page,
                String root,
                boolean harmless)
                throws IOException {
            boolean central = page.endsWith("central.md");
            MalformedRequests requests = new MalformedRequests(seed, page, root, central ? "/api/v1" : "", harmless);
            Set<String> listed = new TreeSet<>(Matrix.rows(realm.repository(), central ? "Request" : "At a daemon"));
            assertFalse(listed.isEmpty(), "the matrix lists nothing");
            listed.addAll(requests.listed());
            return new Asking(
                    who,
                    home,
                    server,
                    seed,
                    listed,
                    requests.asked(),
                    false,
                    host -> requests.next(host, authorization));
        }

        private Asking forms(String who, Visit visit, long seed, String root, long machine, boolean harmless)
                throws IOException {
            MalformedForms forms = new MalformedForms(seed, realm.repository(), visit, root, machine, harmless);
            return new Asking(who, source, people, seed, forms.listed(), forms.asked(), true, forms::next);
        }

        List<Door> doors() {
            String realmPath = people.getPath() + "/api/v1/realm";
            String systems = people.getPath() + "/api/v1/systems";
            String health = "/cranny/v1/health/live";
            return List.of(
                    new Door("people, nobody", source, people, realmPath, null),
                    new Door("people, an administrator", source, people, systems, administrator),
                    new Door("people, pages", source, people, people.getPath() + "/login.xhtml", null),
                    new Door("machines", source, machines, realmPath, null),
                    new Door("a daemon", source, daemon, health, null));
        }
    }

    @FunctionalInterface
    private interface Nonsenses {
        MalformedRequests.Nonsense next(String authority) throws IOException;
    }

    /**
     * Who asks whom.
     *
     * @param home with the certificate that is shown
     * @param listed what there is to ask
     * @param asked what of it was asked until now
     */
    private record Asking(
            String who,
            Path home,
            URI server,
            long seed,
            Set<String> listed,
            Set<String> asked,
            boolean pages,
            Nonsenses nonsenses) {

        void ask(int many, List<String> wrong) throws IOException {
            Map<Integer, Integer> answers = new TreeMap<>();
            Map<String, Integer> methods = new TreeMap<>();
            long from = System.nanoTime();
            KeptConnection connection = KeptConnection.of(home, server);
            boolean fresh = true;
            int dropped = 0;
            for (int i = 0; i < many; i++) {
                MalformedRequests.Nonsense nonsense = nonsenses.next(connection.authority());
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
                methods.merge(nonsense.method().length() > 9 ? "M…" : nonsense.method(), 1, Integer::sum);
                if (isWrong(nonsense, answer)) {
                    wrong.add(String.format(
                            Locale.ROOT,
                            "%s, seed %d, request %d: %d tells %s, %.200s%n    to %.400s",
                            who,
                            seed,
                            i,
                            answer.status(),
                            (pages ? INSIDE_A_PAGE : INSIDE)
                                    .matcher(answer.body())
                                    .results()
                                    .map(MatchResult::group)
                                    .distinct()
                                    .toList(),
                            answer.body(),
                            nonsense.beginning()));
                }
            }
            connection.close();
            System.out.printf(
                    Locale.ROOT,
                    "malformed, as %s: seed %d, %,d requests to %d places in %.1f s, methods %s, answers %s, "
                            + "%d on a second connection%n",
                    who,
                    seed,
                    many,
                    listed.size(),
                    (System.nanoTime() - from) / 1e9,
                    methods,
                    answers,
                    dropped);
        }

        /** A server may end a connection that it kept at any time: RFC 9112, section 9.3. Whoever asks comes again then. */
        private static KeptConnection.Answer asked(KeptConnection connection, MalformedRequests.Nonsense nonsense) {
            try {
                return connection.ask(nonsense.method(), nonsense.octets());
            } catch (RuntimeException e) {
                return new KeptConnection.Answer(-1, "", e.toString(), true);
            }
        }

        private boolean isWrong(MalformedRequests.Nonsense nonsense, KeptConnection.Answer answer) {
            boolean closed = answer.status() == 0 && nonsense.ends();
            return isFailure(answer.status(), answer.type().startsWith(Problem.MEDIA_TYPE))
                    || answer.status() <= 0 && !closed
                    || answer.status() >= 400 && INSIDE.matcher(answer.body()).find()
                    || pages && INSIDE_A_PAGE.matcher(answer.body()).find();
        }
    }

    /** 503 and 507 are a part of the protocol where they say what kind they are; 501 and 505 are words of HTTP itself. */
    private static boolean isFailure(int status, boolean problem) {
        boolean saysSo = (status == 503 || status == 507) && problem;
        return status >= 500 && status != 501 && status != 505 && !saysSo;
    }

    /** A listener, and what is sent to it octet by octet. */
    private record Door(String name, Path home, URI server, String path, String authorization) {

        void send(int spoilt, List<String> wrong) throws IOException {
            Map<String, Integer> answers = new TreeMap<>();
            RawRequests requests = new RawRequests(server.getAuthority(), path, authorization);
            long seed = SEED * 100 + 50;
            Random random = new Random(seed);
            List<RawRequests.Octets> all = new ArrayList<>(requests.all());
            for (int i = 0; i < spoilt; i++) {
                all.add(requests.spoilt(random));
            }
            long from = System.nanoTime();
            Map<String, Integer> held = new TreeMap<>();
            List<KeptConnection.Said> heard = sent(all);
            for (int i = 0; i < all.size(); i++) {
                RawRequests.Octets each = all.get(i);
                KeptConnection.Said said = heard.get(i);
                List<String> statuses = ANSWER.matcher(said.text())
                        .results()
                        .map(found -> found.group(1))
                        .filter(status -> !status.startsWith("1"))
                        .toList();
                answers.merge(statuses.isEmpty() ? "none" : statuses.get(0), 1, Integer::sum);
                if (!said.ended()) {
                    held.merge(each.name(), 1, Integer::sum);
                }
                boolean serversOwn = RawRequests.isUnreadable(each.method())
                        && statuses.equals(List.of("500"))
                        && said.text().endsWith("\r\n\r\n");
                boolean failed = !serversOwn
                        && statuses.stream()
                                .anyMatch(one -> isFailure(
                                        Integer.parseInt(one), said.text().contains("\"kind\"")));
                Matcher told = INSIDE.matcher(said.text());
                boolean tells = statuses.stream().anyMatch(one -> Integer.parseInt(one) >= 400) && told.find();
                if (failed || tells || statuses.size() > each.most()) {
                    wrong.add(name + ", " + each.name() + ": " + statuses + (tells ? " tells " + told.group() : ""));
                }
            }
            KeptConnection.Said good = sent(requests.good());
            if (!good.text().startsWith("HTTP/1.1 200")) {
                wrong.add(name + " does not answer any more: " + good);
            }
            System.out.printf(
                    Locale.ROOT,
                    "octets to %s: seed %d, %d in %.1f s, answers %s, kept open %s%n",
                    name,
                    seed,
                    all.size(),
                    (System.nanoTime() - from) / 1e9,
                    answers,
                    held);
        }

        /** All of them, many at a time: for what is half a request there is no answer to wait for. */
        private List<KeptConnection.Said> sent(List<RawRequests.Octets> all) throws IOException {
            return atOnce(
                    SENDERS,
                    all.stream()
                            .map(one -> (Callable<KeptConnection.Said>) () -> sent(one.octets()))
                            .toList());
        }

        private KeptConnection.Said sent(byte[] octets) throws IOException {
            try (KeptConnection connection = KeptConnection.of(home, server)) {
                return connection.say(octets);
            }
        }
    }
}
