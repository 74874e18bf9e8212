package org.cranny.daemon.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.shelf.StoreOutcome.AlreadyHere;
import org.cranny.daemon.shelf.StoreOutcome.Refused;
import org.cranny.daemon.shelf.StoreOutcome.Stored;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;

/**
 * A shelf on one file system.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A fragment's name appears only after its octets are forced, and {@link #put} answers only after the folder
 *       that holds the name is forced too.
 *   <li>A force that fails is never tried again: the part is dropped, and until the daemon starts again the shelf takes
 *       nothing more in, and moves nothing into the trash, out of it or away. After a failed force the kernel may report
 *       success for pages it has thrown away.
 *   <li>What goes into the trash carries the time of that on the disk before it has its name there; deletion goes by
 *       that time, and nothing outside the trash is ever deleted, but what was damaged and moved aside.
 *   <li>A fragment is moved aside only when it was read while nothing else could take its place, and was wrong.
 *   <li>Everything in {@code incoming/} is worthless after a crash, and swept at boot.
 * </ul>
 */
public final class DiskShelf implements Shelf {
    private static final Logger LOG = System.getLogger(DiskShelf.class.getName());

    private final WaryDisk disk;
    private final Places places;
    private final Room room;
    private final Incoming incoming;
    private final Map<SystemId, Long> keptBySource = new ConcurrentHashMap<>();

    DiskShelf(Disk disk, Places places, Room room) throws IOException {
        this.disk = new WaryDisk(disk, room);
        this.places = places;
        this.room = room;
        incoming = new Incoming(this.disk, places.incoming());
        disk.makeFolder(places.fragments());
        disk.makeFolder(places.incoming());
        disk.makeFolder(places.trash());
        incoming.sweep();
        count();
    }

    /** Opens the shelf of a home: sweeps what a crash left behind, and counts what is kept. @param own the home's realm */
    public static DiskShelf open(Home home, RealmId own, Room room) throws IOException {
        return new DiskShelf(
                Disk.real(), new Places(own, home.fragments(), home.incoming(), home.damaged(), home.trash()), room);
    }

    @Override
    public StoreOutcome put(Caller caller, FragmentId id, long length, InputStream body) throws BrokenBodyException {
        SystemId source = caller.system();
        if (disk.hasFailed()) {
            return refusedReadOnly();
        }
        try {
            if (isHereAndRight(source, id)) {
                return confirm(places.of(source, id));
            }
            Optional<Room.Reservation> place = room.reserve(length);
            if (place.isEmpty()) {
                return new Refused(ProblemKind.HOST_FULL, "there is no room here for " + length + " octets");
            }
            try (Room.Reservation reservation = place.get()) {
                remember(source, caller.key());
                return receive(source, id, length, body, reservation);
            }
        } catch (BrokenBodyException e) {
            throw e;
        } catch (IOException e) {
            return failed(e);
        }
    }

    private StoreOutcome receive(
            SystemId source, FragmentId id, long length, InputStream body, Room.Reservation reservation)
            throws IOException {
        try (Incoming.Arrival arrival = incoming.receive(length, body)) {
            if (!arrival.id().equals(id)) {
                return new Refused(ProblemKind.WRONG_HASH, "the octets hash to " + arrival.id() + ", not to " + id);
            }
            arrival.force();
            return publish(source, id, arrival.file(), length, reservation);
        }
    }

    private StoreOutcome publish(SystemId source, FragmentId id, Path part, long length, Room.Reservation reservation)
            throws IOException {
        Path target = places.of(source, id);
        disk.makeFolder(target.getParent());
        synchronized (this) {
            if (!Files.notExists(target)) {
                return confirm(target);
            }
            disk.move(part, target);
            reservation.keep();
            keptBySource.merge(source, length, Long::sum);
        }
        disk.forceFolder(target.getParent());
        return new Stored();
    }

    /** Makes sure of a name that an earlier put may not have lived to force. */
    private StoreOutcome confirm(Path target) throws IOException {
        disk.forceFile(target);
        disk.forceFolder(target.getParent());
        return new AlreadyHere();
    }

    private boolean isHereAndRight(SystemId source, FragmentId id) throws IOException {
        try (Fragment here = openOrNull(places.of(source, id))) {
            if (here == null) {
                return false;
            }
            return here.hash().id().equals(id) || (!setAside(source, id) && !Files.notExists(places.of(source, id)));
        }
    }

    @Override
    public synchronized boolean setAside(SystemId source, FragmentId id) throws IOException {
        Path target = places.of(source, id);
        if (Files.notExists(target) || isRight(target, id)) {
            return false;
        }
        long length = Files.size(target);
        disk.makeFolder(places.damaged());
        disk.move(target, places.damaged().resolve(places.name(source) + "-" + id + "-" + UUID.randomUUID()));
        disk.forceFolder(target.getParent());
        room.lost(length);
        keptBySource.merge(source, -length, Long::sum);
        LOG.log(Level.WARNING, "fragment {0} of source {1} was damaged on disk and is moved aside", id, source);
        return true;
    }

    /** What cannot be read is not right. */
    private static boolean isRight(Path file, FragmentId id) {
        try (Fragment here = openOrNull(file)) {
            return here != null && here.hash().id().equals(id);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "fragment {0} cannot be read: {1}", id, e);
            return false;
        }
    }

    @Override
    public synchronized int clearAside(Instant before, int most) throws IOException {
        int left = 0;
        int gone = 0;
        for (Aside each : Aside.newestFirst(places.damaged())) {
            if (left < most && each.since().isAfter(before)) {
                left++;
            } else {
                disk.delete(each.file());
                gone++;
            }
        }
        return gone;
    }

    @Override
    public Optional<Item> next(Item after) throws IOException {
        String from = after == null ? "" : places.name(after.source());
        for (Path folder : places.sources()) {
            int order = folder.getFileName().toString().compareTo(from);
            if (order >= 0) {
                SystemId source = places.sourceOf(folder);
                List<Kept> first =
                        list(source, order == 0 ? after.id() : null, 1).fragments();
                if (!first.isEmpty()) {
                    return Optional.of(
                            new Item(source, FragmentId.of(first.get(0).fragment())));
                }
            }
        }
        return Optional.empty();
    }

    private StoreOutcome failed(IOException e) {
        if (!disk.hasFailed()) {
            if (Full.is(e)) {
                return new Refused(ProblemKind.HOST_FULL, "the disk is full");
            }
            disk.failed(e);
        }
        return refusedReadOnly();
    }

    private StoreOutcome refusedReadOnly() {
        return new Refused(ProblemKind.READ_ONLY, disk.failure());
    }

    @Override
    public OptionalLong length(SystemId source, FragmentId id) throws IOException {
        try {
            return OptionalLong.of(Files.size(places.of(source, id)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Optional<Fragment> open(SystemId source, FragmentId id) throws IOException {
        return Optional.ofNullable(openOrNull(places.of(source, id)));
    }

    private static Fragment openOrNull(Path file) throws IOException {
        try {
            return new Fragment(FileChannel.open(file, StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public KeptList list(SystemId source, FragmentId after, int limit) throws IOException {
        List<Kept> page = new ArrayList<>();
        String first = after == null ? "" : after.toString().substring(0, 2);
        for (Path fan : Places.fans(places.source(source))) {
            if (fan.getFileName().toString().compareTo(first) < 0) {
                continue;
            }
            for (Path file : Places.fragments(fan)) {
                FragmentId id = Places.id(file);
                if (after != null && id.compareTo(after) <= 0) {
                    continue;
                }
                if (page.size() == limit) {
                    return new KeptList(page, page.get(limit - 1).fragment());
                }
                page.add(new Kept(id.toString(), Files.size(file)));
            }
        }
        return new KeptList(page, null);
    }

    @Override
    public long keptBytes(SystemId source) {
        return keptBySource.getOrDefault(source, 0L);
    }

    @Override
    public long keptBytes(RealmId realm) {
        return keptBySource.entrySet().stream()
                .filter(each -> each.getKey().realm().equals(realm))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public synchronized boolean trash(SystemId source, FragmentId id, Instant now) throws IOException {
        disk.requireNoFailure();
        Path here = places.of(source, id);
        Path there = places.trashed(source, id);
        if (Files.notExists(here)) {
            return !Files.notExists(there) && settled(there);
        }
        long length = Files.size(here);
        disk.makeFolder(there.getParent());
        if (!Files.notExists(there)) {
            disk.delete(there);
            room.lost(length);
        }
        disk.stamp(here, now);
        disk.forceFile(here);
        disk.move(here, there);
        keptBySource.merge(source, -length, Long::sum);
        disk.forceFolder(here.getParent());
        return settled(there);
    }

    @Override
    public synchronized boolean untrash(SystemId source, FragmentId id) throws IOException {
        disk.requireNoFailure();
        Path here = places.of(source, id);
        Path there = places.trashed(source, id);
        if (!Files.notExists(here)) {
            return settled(here);
        }
        if (Files.notExists(there)) {
            return false;
        }
        long length = Files.size(there);
        disk.makeFolder(here.getParent());
        disk.move(there, here);
        keptBySource.merge(source, length, Long::sum);
        disk.forceFolder(there.getParent());
        return settled(here);
    }

    @Override
    public synchronized long trashedLength(SystemId source, FragmentId id) throws IOException {
        Path there = places.trashed(source, id);
        return Files.notExists(there) ? 0 : Files.size(there);
    }

    @Override
    public synchronized Deletion delete(SystemId source, FragmentId id, Instant before) throws IOException {
        disk.requireNoFailure();
        Path there = places.trashed(source, id);
        if (Files.notExists(there)) {
            return Deletion.NOT_IN_TRASH;
        }
        if (Files.getLastModifiedTime(there).toInstant().isAfter(before)) {
            return Deletion.TOO_EARLY;
        }
        long length = Files.size(there);
        disk.delete(there);
        room.lost(length);
        disk.forceFolder(there.getParent());
        return Deletion.DONE;
    }

    private boolean settled(Path file) throws IOException {
        disk.forceFolder(file.getParent());
        return true;
    }

    private synchronized void remember(SystemId source, PublicKey key) throws IOException {
        Path file = places.key(source);
        if (Files.notExists(file) || !Arrays.equals(Files.readAllBytes(file), key.getEncoded())) {
            Home.replace(file, key.getEncoded());
        }
    }

    private void count() throws IOException {
        for (Path source : places.sourcesInTrash()) {
            for (Path fan : Places.fans(source)) {
                for (Path file : Places.fragments(fan)) {
                    room.found(Files.size(file));
                }
            }
        }
        for (Path source : places.sources()) {
            long bytes = 0;
            for (Path fan : Places.fans(source)) {
                for (Path file : Places.fragments(fan)) {
                    long length = Files.size(file);
                    room.found(length);
                    bytes += length;
                }
            }
            keptBySource.put(places.sourceOf(source), bytes);
        }
    }
}
