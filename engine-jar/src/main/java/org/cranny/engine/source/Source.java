package org.cranny.engine.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Everything a source knows of its own backups: keys, index, holders of packs, snapshots, tree packs.
 *
 * <p>Below its home: {@code index/ packs/ cache/ spool/ snapshots/ journal/} and the file {@code holdings}.
 *
 * <p>Invariants: a chunk is in the index only when its pack is on hosts and in the holdings; a pack that is in the
 * holdings and was in no snapshot yet has its footer in the journal; packs that no snapshot that can be had needs leave
 * the index before the holdings. One process at a time, which the caller sees to.
 */
public final class Source implements Records, Closeable {
    private static final String ATTEMPT = "attempt";
    private static final Pattern ATTEMPTS = Pattern.compile("[0-9a-f-]{36}");

    private final MachineIdentity identity;
    private final KeyRing keys;
    private final ChunkIds chunkIds;
    private final ChunkIndex index;
    private final Holdings holdings;
    private final Snapshots snapshots;
    private final LocalPacks packs;
    private final Journal journal;
    private final Path home;

    private Source(
            Path home,
            MachineIdentity identity,
            KeyRing keys,
            ChunkIndex index,
            Holdings holdings,
            Collection<PublicKey> formerKeys) {
        this.home = home;
        this.identity = identity;
        this.keys = keys;
        this.index = index;
        this.holdings = holdings;
        chunkIds = ChunkIds.of(keys);
        List<PublicKey> signers = new ArrayList<>(formerKeys);
        signers.add(identity.certificate().getPublicKey());
        snapshots = new Snapshots(home.resolve("snapshots"), signers);
        packs = LocalPacks.in(home.resolve("packs"));
        journal = new Journal(home.resolve("journal"));
    }

    public static Source open(Path home, MachineIdentity identity, KeyRing keys) throws IOException {
        return open(home, identity, keys, List.of());
    }

    /** @param formerKeys with which this source signed before another machine took its place */
    public static Source open(Path home, MachineIdentity identity, KeyRing keys, Collection<PublicKey> formerKeys)
            throws IOException {
        Folders.make(home);
        ChunkIndex index = ChunkIndex.open(home.resolve("index"));
        return new Source(home, identity, keys, index, Holdings.open(home.resolve("holdings")), formerKeys);
    }

    public MachineIdentity identity() {
        return identity;
    }

    @Override
    public SystemId system() {
        return identity.system();
    }

    @Override
    public KeyRing keys() {
        return keys;
    }

    public ChunkIds chunkIds() {
        return chunkIds;
    }

    @Override
    public ChunkIndex index() {
        return index;
    }

    /** Whether it is known who holds each pack of the index: false when the record of holders lost its end to an accident. */
    public boolean knowsHolders() {
        for (int ordinal = 0; ordinal < index.packs().count(); ordinal++) {
            if (index.packs().lives(ordinal)
                    && holdings.of(index.packs().id(ordinal)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Holdings holdings() {
        return holdings;
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public LocalPacks packs() {
        return packs;
    }

    public Path spool() {
        return home.resolve("spool");
    }

    public Path statCache() {
        return home.resolve("cache").resolve("folders");
    }

    @Override
    public Path home() {
        return home;
    }

    /** The epoch of the last lease at central, 0 before the first, or when it cannot be read any more. */
    public long epoch() throws IOException {
        return number("epoch");
    }

    /** Up to where central's moves of packs are known, 0 before the first, or when it cannot be read any more. */
    public long moves() throws IOException {
        return number("moves");
    }

    /** What was learned up to here is on disk. */
    public void moves(long cursor) throws IOException {
        holdings.sync();
        number("moves", cursor);
    }

    /** Notes a turn that was taken; the next one is another {@link #attempt()}. */
    public void epoch(long epoch) throws IOException {
        number("epoch", epoch);
        Files.deleteIfExists(home.resolve(ATTEMPT));
    }

    /**
     * What the next turn is asked for with, the same until it is noted that it was taken: who was killed in between asks for
     * the same one again, and is not told that somebody else has it. On the disk when this returns.
     */
    public String attempt() throws IOException {
        Path file = home.resolve(ATTEMPT);
        if (!Files.notExists(file)) {
            String known = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (ATTEMPTS.matcher(known).matches()) {
                return known;
            }
        }
        String made = UUID.randomUUID().toString();
        replace(ATTEMPT, made);
        return made;
    }

    private long number(String name) throws IOException {
        Path file = home.resolve(name);
        try {
            return Files.notExists(file)
                    ? 0
                    : Long.parseLong(
                            Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (NumberFormatException damaged) {
            return 0;
        }
    }

    private void number(String name, long number) throws IOException {
        replace(name, Long.toString(number));
    }

    /** After a power cut the old or the new word is there; forced before it has its name, or the file may be empty. */
    private void replace(String name, String word) throws IOException {
        Path part = home.resolve(name + ".part");
        Files.writeString(part, word + "\n");
        try (FileChannel file = FileChannel.open(part)) {
            file.force(true);
        }
        Files.move(part, home.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Notes that a pack is on hosts. */
    public void stored(PackEntry pack, List<Holding.Fragment> fragments, PackFooter footer) throws IOException {
        journal.write(new IndexEntry(pack.pack(), footer));
        holdings.add(pack, fragments);
    }

    /** Makes the chunks of a stored pack known. @param header null when it is not known any more */
    public void learn(PackEntry pack, PackFooter footer, PackHeader header) throws IOException {
        index.add(pack.pack(), pack.packClass(), pack.length(), footer, header);
    }

    /**
     * Takes up what an interrupted backup left: the chunks of its stored packs become known again, its spool is
     * emptied.
     *
     * @return the packs that are in no snapshot yet
     */
    public List<IndexEntry> resume() throws IOException {
        List<IndexEntry> left = journal.read();
        for (IndexEntry entry : left) {
            var holding = holdings.of(entry.pack());
            if (holding.isPresent()) {
                learn(holding.get().pack(), entry.footer(), null);
            } else {
                journal.remove(entry.pack());
            }
        }
        try (Stream<Path> spooled = Files.list(spool())) {
            for (Path file : spooled.toList()) {
                Files.deleteIfExists(file);
            }
        }
        return left.stream()
                .filter(entry -> holdings.of(entry.pack()).isPresent())
                .toList();
    }

    /** Makes all that is known durable, and forgets the journal: a snapshot now names its packs. */
    public void settle() throws IOException {
        sync();
        journal.clear();
    }

    /** Makes holdings and index durable. */
    public void sync() throws IOException {
        holdings.sync();
        index.flush();
    }

    /**
     * Packs are gone: their chunks are unknown from now on, and nothing is taken for unchanged. Of packs that are not
     * known here any more nothing happens.
     */
    public void lost(Collection<FragmentId> packs) throws IOException {
        List<FragmentId> gone = packs.stream().filter(this::knows).toList();
        if (gone.isEmpty()) {
            return;
        }
        index.remove(gone);
        holdings.remove(gone);
        for (FragmentId pack : gone) {
            journal.remove(pack);
        }
        takeNothingForUnchanged();
    }

    private boolean knows(FragmentId pack) {
        return holdings.of(pack).isPresent() || index.packs().ordinal(pack).isPresent();
    }

    /** The next scan reads every file, whatever the last one saw. */
    public void takeNothingForUnchanged() throws IOException {
        Files.deleteIfExists(statCache());
    }

    /**
     * Gives up the packs that only forgotten snapshots needed: their chunks are unknown from now on, and sent again when
     * they turn up again. Repeating it changes nothing. Durable on return.
     *
     * @return how many packs there were
     */
    public int giveUp() throws IOException {
        PackHistory history = snapshots.history();
        if (!history.whole()) {
            return 0;
        }
        List<FragmentId> needless =
                history.needless().stream().filter(this::knows).toList();
        if (!needless.isEmpty()) {
            index.remove(needless);
            holdings.remove(needless);
            holdings.sync();
            packs.remove(needless);
        }
        return needless.size();
    }

    @Override
    public void close() throws IOException {
        try (holdings) {
            index.close();
        }
    }
}
