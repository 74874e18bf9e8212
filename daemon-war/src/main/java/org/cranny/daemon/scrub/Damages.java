package org.cranny.daemon.scrub;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/**
 * What was found wrong and central has not heard of yet, in {@code state/damages}, a line each.
 *
 * <ul>
 *   <li>A damage is on the disk before the fragment is moved aside, so no crash hides one.
 *   <li>It is told until central says that it has it, and no more once a right copy lies at its place again.
 *   <li>Fragments of further realms are no business of the own central's: they stand in the log alone.
 * </ul>
 */
public final class Damages {
    private static final Logger LOG = System.getLogger(Damages.class.getName());
    private static final String FILE = "damages";
    private static final String REASON = "its octets are wrong on the disk";

    /** Beyond this the scrub waits for central. */
    static final int MOST_WAITING = 10_000;

    private final Home home;
    private final RealmId own;
    private final Shelf shelf;
    private final boolean central;
    private final List<FragmentOf> waiting = new ArrayList<>();

    private record FragmentOf(long source, FragmentId id) {}

    /** @param central whether there is one to tell */
    public Damages(Home home, RealmId own, Shelf shelf, boolean central) throws IOException {
        this.home = home;
        this.own = own;
        this.shelf = shelf;
        this.central = central;
        if (!Files.notExists(home.state(FILE))) {
            for (String line : Files.readAllLines(home.state(FILE))) {
                read(line);
            }
        }
    }

    private void read(String line) {
        String[] words = line.split(" ");
        try {
            waiting.add(new FragmentOf(Long.parseLong(words[0]), FragmentId.of(words[1])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            LOG.log(Level.WARNING, "a line of state/damages is none: {0}", line);
        }
    }

    /** Whether so many wait that central has to hear of some first. */
    synchronized boolean isFull() {
        return waiting.size() >= MOST_WAITING;
    }

    /** Moves a fragment that was found wrong aside, to be told. @return whether it was wrong indeed */
    synchronized boolean move(SystemId source, FragmentId id) throws IOException {
        FragmentOf damage = new FragmentOf(source.number(), id);
        boolean told = central && source.realm().equals(own) && !waiting.contains(damage);
        if (told) {
            waiting.add(damage);
            keep();
        }
        return shelf.setAside(source, id);
    }

    /** What to tell central now, the oldest first. */
    public synchronized List<Damage> untold() throws IOException {
        boolean changed = false;
        for (FragmentOf each : List.copyOf(waiting)) {
            if (shelf.length(new SystemId(own, each.source()), each.id()).isPresent()) {
                changed |= waiting.remove(each);
            }
        }
        if (changed) {
            keep();
        }
        return waiting.stream()
                .limit(Damage.MOST)
                .map(each -> new Damage(each.source(), each.id().toString(), REASON))
                .toList();
    }

    /** Central has these. */
    public synchronized void told(List<Damage> damages) throws IOException {
        boolean changed = false;
        for (Damage each : damages) {
            changed |= waiting.remove(new FragmentOf(each.source(), FragmentId.of(each.fragment())));
        }
        if (changed) {
            keep();
        }
    }

    private void keep() throws IOException {
        StringBuilder lines = new StringBuilder();
        waiting.forEach(each ->
                lines.append(each.source()).append(' ').append(each.id()).append('\n'));
        Home.replace(home.state(FILE), lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
