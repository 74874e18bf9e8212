package org.cranny.engine.rebuild;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.snapshot.Signpost;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.transfer.HostLists;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Asks hosts for snapshots that are newer than those a home remembers, by the signposts that backups leave there, and for
 * who holds their packs. A manifest is believed by the source's own signature, and only behind the one that it names as
 * its predecessor, so hosts can hide what is newest, and add nothing.
 *
 * <p>Memory: an id and the hosts for each fragment of the source, as a source's own records have it.
 */
public final class Recall {
    private final HostLists lists;
    private final KeyRing keys;
    private final SystemId source;
    private final Map<FragmentId, List<Long>> places = new HashMap<>();
    private final NavigableMap<Long, List<Post>> posts = new TreeMap<>();
    private final Map<Long, Host> hosts = new TreeMap<>();
    private final List<String> troubles = new ArrayList<>();

    private record Post(Host host, FragmentId fragment, int length) {}

    public Recall(HostLists lists, KeyRing keys, SystemId source) {
        this.lists = lists;
        this.keys = keys;
        this.source = source;
    }

    /**
     * What was found.
     *
     * @param snapshots that are known now and were not before, oldest first
     * @param troubles what could not be asked or read, one line each
     */
    public record Found(List<Snapshot> snapshots, List<String> troubles) {}

    /**
     * Asks hosts that were not asked yet what they keep.
     *
     * @param above snapshots of versions up to this are known
     * @return the list of hosts that the newest snapshot was made with, as its signpost has it; empty when there is no newer
     *     snapshot
     */
    public Optional<String> ask(Collection<Host> some, long above) {
        for (Host host : some) {
            if (hosts.putIfAbsent(host.id(), host) == null) {
                try {
                    ask(host);
                } catch (TransferException e) {
                    troubles.add(e.getMessage());
                }
            }
        }
        for (long version : posts.tailMap(above, false).descendingKeySet()) {
            Optional<Signpost> newest = read(version);
            if (newest.isPresent()) {
                return newest.map(Signpost::masterFile);
            }
        }
        return Optional.empty();
    }

    private void ask(Host host) throws TransferException {
        FragmentId after = null;
        do {
            KeptList page = lists.list(host, after);
            for (Kept kept : page.fragments()) {
                FragmentId id = FragmentId.of(kept.fragment());
                places.computeIfAbsent(id, any -> new ArrayList<>(2)).add(host.id());
                if (Signpost.isOne(kept.length())) {
                    note(new Post(host, id, (int) kept.length()));
                }
            }
            FragmentId next = page.next() == null ? null : FragmentId.of(page.next());
            if (next != null && after != null && next.compareTo(after) <= 0) {
                throw new TransferException(
                        TransferException.Reason.WRONG,
                        host.id(),
                        host.name() + " lists the same again and again",
                        null);
            }
            after = next;
        } while (after != null);
    }

    private void note(Post post) throws TransferException {
        Signpost.Head.read(lists.read(post.host(), post.fragment(), 0, Signpost.HEAD))
                .filter(head -> head.source().equals(source))
                .ifPresent(head -> posts.computeIfAbsent(head.version(), any -> new ArrayList<>())
                        .add(post));
    }

    /** From the first host that has it right. */
    private Optional<Signpost> read(long version) {
        for (Post post : posts.getOrDefault(version, List.of())) {
            try {
                byte[] octets = lists.read(post.host(), post.fragment(), 0, post.length());
                return Optional.of(Signpost.open(octets, keys, source));
            } catch (TransferException | MalformedException e) {
                troubles.add("The signpost of version " + version + " on "
                        + post.host().name() + " cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Takes over what was found, on the disk when this returns; the index has to be made again then. */
    public Found take(Snapshots snapshots, Holdings holdings) throws IOException {
        List<Snapshot> found = new ArrayList<>();
        Optional<Snapshot> last = snapshots.newest();
        long version = last.map(each -> each.manifest().version()).orElse(0L);
        while (posts.containsKey(version + 1)) {
            Optional<Snapshot> next = next(version + 1, last, snapshots);
            if (next.isEmpty()) {
                break;
            }
            last = next;
            version++;
            found.add(next.get());
            hold(next.get().manifest().added(), holdings);
        }
        holdings.sync();
        if (!posts.tailMap(version, false).isEmpty()) {
            troubles.add("Hosts know of snapshots up to version " + posts.lastKey() + ", but none has version "
                    + (version + 1) + " as it must be; what came after it cannot be read.");
        }
        return new Found(found, List.copyOf(troubles));
    }

    private Optional<Snapshot> next(long version, Optional<Snapshot> last, Snapshots snapshots) throws IOException {
        byte[] previous = last.map(each -> Manifest.hash(each.signed())).orElse(new byte[32]);
        for (Post post : posts.get(version)) {
            try {
                byte[] octets = lists.read(post.host(), post.fragment(), 0, post.length());
                Signpost signpost = Signpost.open(octets, keys, source);
                Manifest manifest = snapshots.believe(signpost.manifest());
                if (manifest.version() == version && Arrays.equals(manifest.previous(), previous)) {
                    return Optional.of(snapshots.add(signpost.manifest(), null));
                }
                troubles.add("A signpost on " + post.host().name() + " leads to another snapshot than version "
                        + version + " of this machine.");
            } catch (TransferException | MalformedException e) {
                troubles.add("The signpost of version " + version + " on "
                        + post.host().name() + " cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private void hold(List<PackEntry> packs, Holdings holdings) throws IOException {
        List<FragmentId> held = new ArrayList<>();
        for (PackEntry pack : packs) {
            List<Long> holders = places.getOrDefault(pack.pack(), List.of());
            if (holdings.of(pack.pack()).isEmpty() && !holders.isEmpty()) {
                List<Holding.Fragment> fragments = new ArrayList<>();
                for (long host : holders) {
                    fragments.add(new Holding.Fragment(fragments.size(), host, new byte[0]));
                }
                holdings.add(pack, fragments);
                held.add(pack.pack());
            }
        }
        holdings.registered(held);
    }
}
