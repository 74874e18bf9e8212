package org.cranny.engine.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.protocol.fragment.FragmentId;

/**
 * The source's own copies of its tree and index packs, sealed as everywhere, so that snapshots can be listed and
 * compared with nobody awake. A pack is durable when {@link #keep} returns.
 */
public final class LocalPacks {
    private final Path folder;
    private final boolean mayDelete;
    private final Set<FragmentId> wrong = ConcurrentHashMap.newKeySet();

    private LocalPacks(Path folder, boolean mayDelete) {
        this.folder = folder;
        this.mayDelete = mayDelete;
    }

    /** A source's own. */
    public static LocalPacks in(Path folder) {
        return new LocalPacks(folder, true);
    }

    /** Somebody else's, in the same layout; nothing is ever deleted there. */
    public static LocalPacks ofOthers(Path folder) {
        return new LocalPacks(folder, false);
    }

    /** Where this pack's file is, or would be. */
    public Path file(FragmentId pack) {
        String id = pack.toString();
        return folder.resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    public boolean has(FragmentId pack) {
        return !wrong.contains(pack) && Files.isRegularFile(file(pack));
    }

    /** Takes a pack that does not open for one that is not here. */
    public void discard(FragmentId pack) throws IOException {
        wrong.add(pack);
        if (mayDelete) {
            Files.deleteIfExists(file(pack));
        }
    }

    /** Gives packs up that nothing needs any more. */
    public void remove(Collection<FragmentId> packs) throws IOException {
        for (FragmentId pack : packs) {
            Files.deleteIfExists(file(pack));
        }
    }

    /** Moves a spooled pack here. */
    public void keep(FragmentId pack, Path spooled) throws IOException {
        Path target = file(pack);
        Files.createDirectories(target.getParent());
        try (FileChannel file = FileChannel.open(spooled)) {
            file.force(true);
        }
        Files.move(spooled, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel parent = FileChannel.open(target.getParent())) {
            parent.force(true);
        }
        wrong.remove(pack);
    }
}
