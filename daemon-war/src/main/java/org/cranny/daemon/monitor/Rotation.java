package org.cranny.daemon.monitor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.heartbeat.Peer;

/**
 * Whose turn it is to be looked at. Whom central names comes first; while central is away the turn goes round among
 * the last {@link #MOST} that it named, which are kept over restarts. Thread-safe.
 */
final class Rotation {
    /** Peers that are remembered. */
    static final int MOST = 64;

    private static final Logger LOG = System.getLogger(Rotation.class.getName());

    private final Path file;
    private final Map<Long, Peer> queue = new LinkedHashMap<>();
    private int named;

    Rotation(Path file) throws IOException {
        this.file = file;
        if (!Files.notExists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                String[] words = line.split(" ");
                if (words.length == 2 && words[0].matches("\\d{1,18}")) {
                    queue.put(Long.valueOf(words[0]), new Peer(Long.parseLong(words[0]), words[1]));
                }
            }
        }
    }

    /** Takes the peers that central wants looked at next. */
    synchronized void name(List<Peer> peers) {
        Set<Peer> before = Set.copyOf(queue.values());
        Map<Long, Peer> rest = new LinkedHashMap<>(queue);
        queue.clear();
        peers.stream().limit(MOST).forEach(peer -> queue.put(peer.system(), peer));
        named = queue.size();
        rest.forEach((number, peer) -> {
            if (queue.size() < MOST) {
                queue.putIfAbsent(number, peer);
            }
        });
        if (!before.equals(Set.copyOf(queue.values()))) {
            keep();
        }
    }

    /** Those whose turn it is: all that were named and not looked at yet, else the next few. */
    synchronized List<Peer> next(int few) {
        List<Peer> turn =
                queue.values().stream().limit(named > 0 ? named : few).collect(Collectors.toCollection(ArrayList::new));
        named = 0;
        turn.forEach(peer -> {
            queue.remove(peer.system());
            queue.put(peer.system(), peer);
        });
        return turn;
    }

    private void keep() {
        String lines = queue.values().stream()
                .map(peer -> peer.system() + " " + peer.address() + "\n")
                .collect(Collectors.joining());
        try {
            Home.replace(file, lines.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "peers are remembered in memory only", e);
        }
    }
}
