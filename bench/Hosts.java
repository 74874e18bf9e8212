import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Puts fragments to a server and gets them again, over so many connections, and prints octets a second: {@code Hosts HOME
 * URL CONNECTIONS FRAGMENTS SEED}. The same client for a daemon and for anything else that takes PUT and GET.
 */
public final class Hosts {
    private static final int OCTETS = 16 << 20;

    private final HttpClient client;
    private final String allotment;
    private final String url;
    private final int connections;

    private Hosts(HttpClient client, String allotment, String url, int connections) {
        this.client = client;
        this.allotment = allotment;
        this.url = url;
        this.connections = connections;
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        MachineIdentity identity = MachineIdentity.load(
                home.resolve("identity.p12"),
                Files.readString(home.resolve("identity.password")).strip().toCharArray());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(MutualTls.context(identity, peer -> true))
                .build();
        String allotment = Files.readString(home.resolve("allotment")).strip();
        Hosts hosts = new Hosts(client, allotment, args[1], Integer.parseInt(args[2]));
        hosts.measure(Integer.parseInt(args[3]), Long.parseLong(args[4]));
    }

    private void measure(int fragments, long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> octets = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fragments; i++) {
            byte[] fragment = new byte[OCTETS];
            random.nextBytes(fragment);
            octets.add(fragment);
            names.add(name(fragment));
        }
        long put = all(fragments, i -> put(names.get(i), octets.get(i)));
        long get = all(fragments, i -> get(names.get(i)));
        System.out.printf("%.1f\t%.1f%n", rate(fragments, put), rate(fragments, get));
    }

    private static String name(byte[] fragment) {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(fragment, 0, fragment.length);
        return hasher.finish().toString();
    }

    private static double rate(int fragments, long nanos) {
        return (double) fragments * OCTETS / (1 << 20) / (nanos / 1e9);
    }

    private interface Act {
        void run(int number) throws IOException, InterruptedException;
    }

    private long all(int count, Act act) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        long from = System.nanoTime();
        List<Future<?>> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            open.add(threads.submit(() -> {
                act.run(number);
                return null;
            }));
        }
        for (Future<?> each : open) {
            each.get();
        }
        threads.shutdown();
        return System.nanoTime() - from;
    }

    private void put(String name, byte[] octets) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url + name))
                        .header("Cranny-Allotment", allotment)
                        .PUT(BodyPublishers.ofByteArray(octets))
                        .build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 201) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    private void get(String name) throws IOException, InterruptedException {
        HttpResponse<Void> answer =
                client.send(HttpRequest.newBuilder(URI.create(url + name)).build(), BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + name);
        }
    }
}
