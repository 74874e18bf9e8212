package org.cranny.central.device;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Browsing;
import org.cranny.central.browse.Opened;
import org.cranny.central.browse.Openings;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.SnapshotBrief;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.UnknownSnapshotException;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.browse.EntryLine;
import org.cranny.protocol.browse.EntryPage;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Phones and appliances that run no program of ours: their owners upload files, and get them back.
 *
 * <p>Life of a file: uploaded whole onto central's disk, which the answer promises; sealed with its device's keys and spread
 * like any source's; deleted on central's disk once its snapshot is committed, which takes receipts of two hosts or
 * more. The same name again is another version; a file that is deleted stays in the snapshots before. No file name goes
 * into the log or the database.
 */
@ApplicationScoped
public class Devices {
    private static final int AT_ONCE = 16;
    private static final Instant NEVER = Instant.ofEpochSecond(253_402_300_799L);

    private final Spool spool;
    private final Gateway gateway;
    private final DeviceIdentities identities;
    private final Systems systems;
    private final Authority authority;
    private final Snapshots snapshots;
    private final Browsing browsing;
    private final Openings openings;
    private final Settings settings;
    private final AuditLog log;
    private final Semaphore underway = new Semaphore(AT_ONCE);

    protected Devices() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    Devices(
            Spool spool,
            Gateway gateway,
            DeviceIdentities identities,
            Systems systems,
            Authority authority,
            Snapshots snapshots,
            Browsing browsing,
            Openings openings,
            Settings settings,
            AuditLog log) {
        this.spool = spool;
        this.gateway = gateway;
        this.identities = identities;
        this.systems = systems;
        this.authority = authority;
        this.snapshots = snapshots;
        this.browsing = browsing;
        this.openings = openings;
        this.settings = settings;
        this.log = log;
    }

    /**
     * Adds a device.
     *
     * @param mails addresses of the owner, in small letters; the first one is noted
     * @throws ProblemException BAD_REQUEST with the field, ALLOTMENT_USED_UP when the owner has as many as may be
     */
    public Device add(String actor, Set<String> mails, String name) {
        String mail = mails.stream()
                .sorted()
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.NOT_ALLOWED, "the directory has no mail address of yours to note as the owner's"));
        if (owned(mails).size() >= settings.devicesPerOwner()) {
            throw new ProblemException(
                    ProblemKind.ALLOTMENT_USED_UP, "an owner has at most " + settings.devicesPerOwner() + " devices");
        }
        return shown(identities.make(actor, name, mail));
    }

    /** An owner's devices that were not shut out, by number. @param mails in small letters */
    public List<Device> of(Set<String> mails) {
        return owned(mails).stream().map(this::shown).toList();
    }

    /** @throws ProblemException NOT_FOUND when there is no such device, or it was shut out */
    public Device find(long device) {
        return shown(known(device));
    }

    /**
     * Takes a file. When this returns, all of it is on central's disk, and is spread whatever is restarted.
     *
     * @throws ProblemException BAD_REQUEST with the field, TOO_LARGE, ALLOTMENT_USED_UP, SPOOL_FULL; nothing of it is
     *     kept then
     */
    public Upload receive(String actor, long device, UploadRequest request, InputStream octets) throws IOException {
        FileName name = FileName.read(request.name());
        Machine machine = known(device);
        requireRoom(machine, request.length());
        Upload upload = receive(device, name, request, octets);
        log.append(actor, "upload", "system " + device, upload.bytes() + " octets");
        gateway.wake(device);
        return upload;
    }

    /** Uploads keep a thread of the server each, and the others need some. */
    private Upload receive(long device, FileName name, UploadRequest request, InputStream octets) throws IOException {
        if (!underway.tryAcquire()) {
            throw new ProblemException(
                    ProblemKind.TOO_OFTEN, AT_ONCE + " other uploads are underway: wait until one of them is done");
        }
        try {
            return spool.receive(device, name, request, octets);
        } finally {
            underway.release();
        }
    }

    /** Has a file leave the next snapshot. */
    public Upload delete(String actor, long device, String name) throws IOException {
        FileName file = FileName.read(name);
        known(device);
        Upload upload = spool.delete(device, file);
        log.append(actor, "upload deleted", "system " + device, "a file leaves the next snapshot");
        gateway.wake(device);
        return upload;
    }

    /** What a device has here. @param after as the page before says, or null to begin */
    public DeviceFiles files(String actor, long device, String after, int limit) throws IOException {
        known(device);
        List<Upload> waiting = after == null
                ? spool.waiting(device).stream().map(Waiting::upload).toList()
                : List.of();
        if (newest(device).isEmpty()) {
            return new DeviceFiles(null, waiting, List.of(), null);
        }
        EntryPage page = browsing.list(actor, device, "latest", "/", after, limit);
        return new DeviceFiles(
                page.snapshot(),
                waiting,
                page.entries().stream().map(Devices::line).toList(),
                page.next());
    }

    private static DeviceFiles.Line line(EntryLine entry) {
        try {
            String path = new String(PathNotation.octets(entry.path()), StandardCharsets.UTF_8);
            return new DeviceFiles.Line(
                    path.substring(path.lastIndexOf('/') + 1),
                    entry.path(),
                    entry.size() == null ? 0 : entry.size(),
                    Instant.parse(entry.mtime()));
        } catch (MalformedException e) {
            throw new IllegalStateException("a path of a snapshot is not in its notation", e);
        }
    }

    /**
     * Opens a file to be given back.
     *
     * @param snapshot beginning of an id, or null for what was uploaded last
     * @throws ProblemException NOT_FOUND; NOT_APPROVED when somebody else was the owner, since otherwise whoever may note
     *     owners would open everybody's files without leave
     */
    public DeviceFile open(String actor, long device, String name, String snapshot) throws IOException {
        FileName file = FileName.read(name);
        if (!identities.isFor(device, known(device).owner())) {
            throw new ProblemException(
                    ProblemKind.NOT_APPROVED,
                    "these files were uploaded for another owner: ask for a recovery of device " + device);
        }
        Optional<Waiting> last = snapshot == null || snapshot.isBlank()
                ? spool.waiting(device).stream()
                        .filter(each -> each.name().equals(name))
                        .reduce((one, next) -> next)
                : Optional.empty();
        if (last.isPresent()) {
            if (last.get().upload().deletion()) {
                throw missing(device);
            }
            log.append(actor, "device read", "system " + device, "one file that waits");
            return waiting(device, last.get());
        }
        return kept(actor, device, file, snapshot == null || snapshot.isBlank() ? "latest" : snapshot);
    }

    private static DeviceFile waiting(long device, Waiting each) throws IOException {
        try {
            InputStream in = Files.newInputStream(each.content());
            return new DeviceFile(each.name(), each.upload().bytes(), in::transferTo, in);
        } catch (NoSuchFileException keptMeanwhile) {
            throw missing(device);
        }
    }

    private DeviceFile kept(String actor, long device, FileName name, String wanted) throws IOException {
        if (newest(device).isEmpty()) {
            throw missing(device);
        }
        DeviceKeys keys = identities.open(device);
        Opened opened = null;
        boolean found = false;
        try {
            opened = openings.open(new SystemId(authority.realm(), device), keys.ring(), RebuildListener.SILENT);
            Snapshot snapshot = opened.records().snapshots().find(wanted);
            long bytes = size(opened, snapshot, name, device);
            log.append(actor, "device read", "system " + device, "one file of snapshot " + snapshot.shortId());
            Opened source = opened;
            found = true;
            return new DeviceFile(
                    name.text(),
                    bytes,
                    out -> new Archive(source.records(), source.packs())
                            .writeFile(snapshot, name.path(), out, ArchiveListener.SILENT),
                    () -> {
                        source.close();
                        keys.close();
                    });
        } catch (UnknownSnapshotException e) {
            throw new ProblemException(ProblemKind.NOT_FOUND, e.getMessage());
        } finally {
            if (!found) {
                if (opened != null) {
                    opened.close();
                }
                keys.close();
            }
        }
    }

    private static long size(Opened opened, Snapshot snapshot, FileName name, long device) throws IOException {
        try (ChunkReader chunks = new ChunkReader(opened.records(), opened.packs())) {
            return new SnapshotTree(snapshot, chunks)
                    .find(name.path())
                    .map(entry -> entry.thing() instanceof Thing.File file ? file.size() : null)
                    .orElseThrow(() -> missing(device));
        }
    }

    private void requireRoom(Machine machine, long bytes) throws IOException {
        if (bytes < 0) {
            throw new ProblemException(Problem.ofField("Content-Length", "an upload says how many octets it has"));
        }
        if (bytes > settings.uploadBytes()) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE, "a file has at most " + settings.uploadBytes() + " octets");
        }
        long all = bytes;
        for (Machine each : owned(Set.of(machine.owner() == null ? "" : lower(machine.owner())))) {
            all += newest(each.number()).map(SnapshotBrief::bytes).orElse(0L) + spool.bytes(each.number());
        }
        if (all > settings.ownerBytes()) {
            throw new ProblemException(
                    ProblemKind.ALLOTMENT_USED_UP,
                    "all devices of an owner have at most " + settings.ownerBytes() + " octets");
        }
    }

    private static String lower(String mail) {
        return mail.toLowerCase(Locale.ROOT);
    }

    private List<Machine> owned(Set<String> mails) {
        return systems.ownedBy(mails).stream()
                .filter(machine -> machine.isDevice() && !machine.revoked())
                .toList();
    }

    private Optional<SnapshotBrief> newest(long device) {
        return snapshots.between(device, Instant.EPOCH, NEVER, 1).stream().findFirst();
    }

    private Device shown(Machine machine) {
        try {
            Optional<SnapshotBrief> newest = newest(machine.number());
            int waiting = spool.count(machine.number());
            return new Device(
                    machine.number(),
                    machine.name(),
                    machine.owner(),
                    machine.enrolled(),
                    newest.map(SnapshotBrief::received).orElse(null),
                    newest.map(SnapshotBrief::files).orElse(0L),
                    newest.map(SnapshotBrief::bytes).orElse(0L),
                    waiting,
                    spool.bytes(machine.number()),
                    waiting == 0 ? null : gateway.trouble(machine.number()).orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Machine known(long device) {
        return systems.find(device)
                .filter(machine -> machine.isDevice() && !machine.revoked())
                .orElseThrow(() ->
                        new ProblemException(ProblemKind.NOT_FOUND, "there is no device with the number " + device));
    }

    private static ProblemException missing(long device) {
        return new ProblemException(ProblemKind.NOT_FOUND, "device " + device + " has no such file");
    }
}
