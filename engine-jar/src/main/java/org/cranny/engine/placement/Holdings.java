package org.cranny.engine.placement;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.cranny.engine.placement.Holding.Fragment;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.OctetReader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.Placement;

/**
 * The source's own record of which host holds which pack, with receipts: an append-only file that outlives any crash
 * up to its last {@link #sync()}; a torn tail is dropped when it is opened.
 *
 * <p>Record: u32 length ‖ payload ‖ u32 CRC-32 of the payload. Payload: 1 held, pack id, class, varint length, k, n,
 * varint count, then each fragment number, host, receipt as bytes; or 2 registered, pack id; or 3 gone, pack id.
 * Registered receipts are not kept in memory. Thread-safe.
 */
public final class Holdings implements Closeable {
    private static final int HELD = 1;
    private static final int REGISTERED = 2;
    private static final int GONE = 3;

    private final FileChannel file;
    private final Map<FragmentId, Holding> holdings = new LinkedHashMap<>();
    private final Set<FragmentId> open = new LinkedHashSet<>();

    private Holdings(FileChannel file) {
        this.file = file;
    }

    public static Holdings open(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Holdings holdings = new Holdings(file);
        holdings.replay();
        return holdings;
    }

    public synchronized void add(PackEntry pack, List<Fragment> fragments) throws IOException {
        OctetWriter out = new OctetWriter().u8(HELD).raw(pack.pack().bytes());
        out.u8(pack.packClass().code()).varint(pack.length());
        out.u8(pack.redundancy().k()).u8(pack.redundancy().n()).varint(fragments.size());
        fragments.forEach(each -> out.varint(each.number()).varint(each.host()).bytes(each.receipt()));
        append(out);
        hold(new Holding(pack, fragments, false));
    }

    public synchronized void registered(Collection<FragmentId> packs) throws IOException {
        for (FragmentId pack : packs) {
            append(new OctetWriter().u8(REGISTERED).raw(pack.bytes()));
            close(pack);
        }
    }

    /** Reads them elsewhere from now on, for as long as this is open; nothing is written. */
    public synchronized void look(Holding elsewhere) {
        FragmentId pack = elsewhere.pack().pack();
        if (holdings.containsKey(pack) && !open.contains(pack)) {
            holdings.put(pack, withoutReceipts(elsewhere));
        }
    }

    /** Learns again from central who holds a pack that nothing is known of here. @param keep whether to write it down */
    public synchronized void learn(Holding known, boolean keep) throws IOException {
        FragmentId pack = known.pack().pack();
        if (holdings.containsKey(pack)) {
            return;
        }
        if (keep) {
            add(known.pack(), known.fragments());
            registered(List.of(pack));
        } else {
            holdings.put(pack, withoutReceipts(known));
        }
    }

    /** Takes note that central had a pack moved; one that central does not know yet from here stays as it is. */
    public synchronized void move(Holding elsewhere) throws IOException {
        FragmentId pack = elsewhere.pack().pack();
        if (holdings.containsKey(pack) && !open.contains(pack)) {
            add(elsewhere.pack(), elsewhere.fragments());
            registered(List.of(pack));
        }
    }

    /** Forgets packs that are no longer there. */
    public synchronized void remove(Collection<FragmentId> packs) throws IOException {
        for (FragmentId pack : packs) {
            append(new OctetWriter().u8(GONE).raw(pack.bytes()));
            drop(pack);
        }
    }

    public synchronized Optional<Holding> of(FragmentId pack) {
        return Optional.ofNullable(holdings.get(pack));
    }

    public synchronized List<Holding> all() {
        return List.copyOf(holdings.values());
    }

    /** Placements that central has not taken yet, as it wants them. */
    public synchronized List<Placement> unregistered() {
        List<Placement> wire = new ArrayList<>();
        for (FragmentId pack : open) {
            wire.add(wire(holdings.get(pack)));
        }
        return wire;
    }

    /** How many placements central has not taken yet. */
    public synchronized int unregisteredCount() {
        return open.size();
    }

    /** Returns when all that was added is on disk. */
    public synchronized void sync() throws IOException {
        file.force(false);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private static Placement wire(Holding holding) {
        PackEntry pack = holding.pack();
        List<Held> fragments = holding.fragments().stream()
                .map(each -> new Held(
                        each.number(), Base64.getUrlEncoder().withoutPadding().encodeToString(each.receipt())))
                .toList();
        return new Placement(
                pack.pack().toString(),
                pack.packClass().name(),
                pack.length(),
                pack.redundancy().k(),
                pack.redundancy().n(),
                fragments);
    }

    private void hold(Holding holding) {
        holdings.put(holding.pack().pack(), holding);
        open.add(holding.pack().pack());
    }

    private void close(FragmentId pack) {
        holdings.computeIfPresent(pack, (id, holding) -> withoutReceipts(holding));
        open.remove(pack);
    }

    private void drop(FragmentId pack) {
        holdings.remove(pack);
        open.remove(pack);
    }

    private static Holding withoutReceipts(Holding holding) {
        List<Fragment> fragments = holding.fragments().stream()
                .map(each -> new Fragment(each.number(), each.host(), new byte[0]))
                .toList();
        return new Holding(holding.pack(), fragments, true);
    }

    private void append(OctetWriter out) throws IOException {
        byte[] payload = out.toByteArray();
        ByteBuffer buffer = ByteBuffer.allocate(payload.length + 8);
        buffer.putInt(payload.length).put(payload).putInt(checksum(payload)).flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    private void replay() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4);
        long good = 0;
        while (read(head, good)) {
            int length = head.getInt(0);
            if (length < 1 || length > file.size() - good - 8) {
                break;
            }
            ByteBuffer body = ByteBuffer.allocate(length + 4);
            read(body, good + 4);
            byte[] payload = new byte[length];
            body.flip().get(payload);
            if (body.getInt() != checksum(payload) || !apply(payload)) {
                break;
            }
            good += length + 8L;
        }
        file.truncate(good);
        file.position(good);
    }

    private boolean read(ByteBuffer into, long at) throws IOException {
        into.clear();
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean apply(byte[] payload) {
        try {
            OctetReader in = new OctetReader(payload);
            int kind = in.u8();
            FragmentId pack = FragmentId.read(in);
            switch (kind) {
                case HELD -> hold(readHeld(pack, in));
                case REGISTERED -> close(pack);
                case GONE -> drop(pack);
                default -> throw new MalformedException("record kind " + kind);
            }
            return true;
        } catch (MalformedException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Holding readHeld(FragmentId pack, OctetReader in) throws MalformedException {
        PackClass packClass = PackClass.of(in.u8());
        long length = in.varint();
        Redundancy redundancy = new Redundancy(in.u8(), in.u8());
        int count = in.count(3);
        List<Fragment> fragments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fragments.add(new Fragment((int) in.varint(), in.varint(), in.bytes()));
        }
        return new Holding(new PackEntry(pack, packClass, length, redundancy), fragments, false);
    }

    private static int checksum(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
