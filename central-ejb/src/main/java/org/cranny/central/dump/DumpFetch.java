package org.cranny.central.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;

/**
 * Finds central's dumps on hosts and brings one back. Hosts that are away are passed over, octets that are not what their
 * id says are asked for elsewhere, and a slip that central did not sign is none.
 */
final class DumpFetch {
    private final DumpHosts shelves;
    private final PublicKey catalogue;
    private final Map<FragmentId, List<Host>> holders = new HashMap<>();
    private final Set<FragmentId> small = new LinkedHashSet<>();
    private final Map<FragmentId, Long> lengths = new HashMap<>();
    private final List<String> away = new ArrayList<>();

    DumpFetch(DumpHosts shelves, PublicKey catalogue) {
        this.shelves = shelves;
        this.catalogue = catalogue;
    }

    /** A dump on hosts. @param whole whether every piece is on a host that answered */
    record Found(DumpSlip slip, boolean whole) {}

    /** Hosts that did not answer, and why. */
    List<String> away() {
        return away;
    }

    /** Asks all hosts what they keep of central. @return the dumps, newest first */
    List<Found> find(List<Host> hosts) {
        for (Host host : hosts) {
            try {
                ask(host);
            } catch (IOException e) {
                away.add(String.valueOf(e.getMessage()));
            }
        }
        Map<String, Found> found = new TreeMap<>(Comparator.reverseOrder());
        for (FragmentId id : small) {
            try {
                byte[] octets = read(id, lengths.get(id));
                if (DumpSlip.looksLike(octets)) {
                    DumpSlip slip = DumpSlip.open(octets, catalogue);
                    found.put(
                            slip.name(),
                            new Found(
                                    slip,
                                    slip.pieces().stream().allMatch(piece -> holders.containsKey(piece.fragment()))));
                }
            } catch (IOException | MalformedException e) {
                away.add("a slip is of no use: " + e.getMessage());
            }
        }
        return List.copyOf(found.values());
    }

    private void ask(Host host) throws IOException {
        FragmentId after = null;
        do {
            KeptList page = shelves.list(host, after);
            for (Kept kept : page.fragments()) {
                FragmentId id = FragmentId.of(kept.fragment());
                holders.computeIfAbsent(id, any -> new ArrayList<>()).add(host);
                lengths.put(id, kept.length());
                if (kept.length() > 0 && kept.length() <= DumpSlip.LARGEST) {
                    small.add(id);
                }
            }
            FragmentId next = page.next() == null ? null : FragmentId.of(page.next());
            if (next != null && after != null && next.compareTo(after) <= 0) {
                throw new IOException(host.name() + " lists the same again and again");
            }
            after = next;
        } while (after != null);
    }

    /** Writes a dump's file, whole or not at all, for its owner's eyes only. */
    void fetch(DumpSlip slip, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(part)) {
            for (DumpSlip.Piece piece : slip.pieces()) {
                out.write(read(piece.fragment(), piece.length()));
            }
        }
        Dumps.sync(part, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Dumps.sync(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    }

    private byte[] read(FragmentId id, long length) throws IOException {
        String why = "no host that answers keeps it";
        for (Host host : holders.getOrDefault(id, List.of())) {
            try {
                byte[] octets = shelves.read(host, id, Math.toIntExact(length));
                if (FragmentHasher.of(octets).equals(id)) {
                    return octets;
                }
                why = host.name() + " sent other octets";
            } catch (IOException e) {
                why = e.getMessage();
            }
        }
        throw new IOException("fragment " + id + " of a dump cannot be read: " + why);
    }
}
