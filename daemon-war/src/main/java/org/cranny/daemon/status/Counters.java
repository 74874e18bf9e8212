package org.cranny.daemon.status;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.heartbeat.Seen.Outcome;

/**
 * Counts what this daemon did since it first began, over restarts. Boots are on disk before the first request is
 * answered; the other counters are written every few seconds and at a gentle stop, so a crash forgets the last few.
 */
public final class Counters {
    /** What is counted; the wire calls them by {@link #wireName}. */
    public enum Counter {
        PUT_REQUESTS("putRequests", "put_requests_total", "Fragments taken, copies too."),
        PUT_BYTES("putBytes", "put_bytes_total", "Octets taken, of copies too."),
        GET_REQUESTS("getRequests", "get_requests_total", "Fragments read."),
        GET_BYTES("getBytes", "get_bytes_total", "Octets read."),
        PROOFS("proofs", "proofs_total", "Proofs given."),
        SCRUB_BYTES("scrubBytes", "scrub_bytes_total", "Octets of fragments read again, unasked."),
        DAMAGED("damaged", "damaged_fragments_total", "Fragments that were found wrong and moved aside."),
        REFUSED("refused", null, null),
        LOOKS_DROPPED("looksDropped", "probes_dropped_total", "Looks that central never heard of.");

        private final String wireName;
        private final String metric;
        private final String help;

        Counter(String wireName, String metric, String help) {
            this.wireName = wireName;
            this.metric = metric;
            this.help = help;
        }

        /** How a metric of it is called, or null when there is none. */
        String metric() {
            return metric;
        }

        String help() {
            return help;
        }

        public String wireName() {
            return wireName;
        }
    }

    private static final String BOOTS = "boots";
    private static final String LAST_RECEIPT = "lastReceipt";

    private final Home home;
    private final Map<Counter, AtomicLong> counts = new EnumMap<>(Counter.class);
    private final Map<String, AtomicLong> refusals = new ConcurrentSkipListMap<>();
    private final Map<String, AtomicLong> looks = new ConcurrentSkipListMap<>();
    private final long boots;
    private volatile String lastReceipt;
    private Properties written;

    /** Counts one boot, durably. */
    public Counters(Home home) throws IOException {
        this.home = home;
        Path file = home.state("counters");
        Properties before = Files.notExists(file) ? new Properties() : Home.properties(file);
        try {
            for (Counter counter : Counter.values()) {
                counts.put(counter, new AtomicLong(Long.parseLong(before.getProperty(counter.wireName, "0"))));
            }
            boots = Long.parseLong(before.getProperty(BOOTS, "0")) + 1;
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: delete it, and everything is counted anew", e);
        }
        lastReceipt = before.getProperty(LAST_RECEIPT);
        keep();
    }

    public void add(Counter counter, long amount) {
        counts.get(counter).addAndGet(amount);
    }

    /** A request was refused. @param code the kind of its problem */
    public void refused(String code) {
        add(Counter.REFUSED, 1);
        refusals.computeIfAbsent(code, any -> new AtomicLong()).incrementAndGet();
    }

    /** Another system was looked at. */
    public void looked(Outcome outcome) {
        looks.computeIfAbsent(outcome.name().toLowerCase(Locale.ROOT), any -> new AtomicLong())
                .incrementAndGet();
    }

    Map<String, Long> refusals() {
        return counted(refusals);
    }

    Map<String, Long> looks() {
        return counted(looks);
    }

    private static Map<String, Long> counted(Map<String, AtomicLong> counters) {
        Map<String, Long> counted = new LinkedHashMap<>();
        counters.forEach((word, count) -> counted.put(word, count.get()));
        return counted;
    }

    /** @param digest hex SHA-256 of the receipt given last */
    public void receipt(String digest) {
        lastReceipt = digest;
    }

    /** Null when none was ever given. */
    public String lastReceipt() {
        return lastReceipt;
    }

    public long boots() {
        return boots;
    }

    public Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        counts.forEach((counter, count) -> all.put(counter.wireName, count.get()));
        return all;
    }

    /** Writes them down, if anything was counted since. */
    public synchronized void keep() throws IOException {
        Properties now = new Properties();
        all().forEach((name, count) -> now.setProperty(name, Long.toString(count)));
        now.setProperty(BOOTS, Long.toString(boots));
        if (lastReceipt != null) {
            now.setProperty(LAST_RECEIPT, lastReceipt);
        }
        if (!now.equals(written)) {
            StringWriter out = new StringWriter();
            now.store(out, null);
            Home.replace(home.state("counters"), out.toString().getBytes(StandardCharsets.UTF_8));
            written = now;
        }
    }
}
