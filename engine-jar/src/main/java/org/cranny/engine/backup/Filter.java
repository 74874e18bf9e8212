package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.engine.exclude.Excludes;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.walk.Contents;
import org.cranny.engine.walk.Descent;
import org.cranny.engine.walk.Found;
import org.cranny.engine.walk.Listing;
import org.cranny.engine.walk.Unreadable;
import org.cranny.engine.walk.Walk;

/**
 * Decides what of each folder belongs to a backup. It is asked at every folder of every backup, before the folder is
 * compared with the last one, so a change of the rules is noticed like a change of the folder. Thread-safe.
 */
final class Filter implements Descent {
    private static final byte[] TAG = ascii("CACHEDIR.TAG");
    private static final byte[] TAG_BEGINNING = ascii("Signature: 8a477f597d28d172789f06886806bc55");

    private final Excludes excludes;
    private final boolean caches;
    private final long largestBytes;
    private final Stat home;
    private final Set<Long> devices = new HashSet<>();
    private final boolean oneFileSystem;
    private final TreeSet<byte[]> closed = new TreeSet<>(Arrays::compareUnsigned);

    /** @param home the source's own folder, never taken @param named the paths that the backup names, as they are now */
    Filter(Rules rules, Stat home, List<Stat> named) {
        excludes = rules.excludes();
        caches = rules.caches();
        largestBytes = rules.largestBytes();
        oneFileSystem = rules.oneFileSystem();
        this.home = home;
        named.forEach(stat -> devices.add(stat.device()));
        rules.closed().forEach(path -> closed.add(Arrays.copyOfRange(path, 1, path.length)));
    }

    /** For the paths that a selection names. What is gone by now is noticed by the scan. */
    static Filter of(Rules rules, Stat home, Selection selection, Walk walk) {
        return new Filter(rules, home, rules.oneFileSystem() ? selection.stats(path -> statOf(walk, path)) : List.of());
    }

    /** The entries that are taken, in their order. */
    List<Found> taken(Listing listing, Walk walk) {
        List<Found> found = listing.found();
        if (caches && isCache(listing, walk)) {
            return found.stream().filter(Filter::isTag).toList();
        }
        return found.stream().filter(each -> takes(listing.path(), each)).toList();
    }

    /** Whether something that could not be looked at would have been taken. */
    boolean misses(Unreadable unreadable) {
        return !excludes.leavesOut(unreadable.path(), false) && !excludes.leavesOut(unreadable.path(), true);
    }

    /** Whether what lies in this folder is looked at; when not, the folder stays and is empty. */
    boolean enters(byte[] path, Stat folder) {
        return !(oneFileSystem && !devices.contains(folder.device())) && !closed.contains(path);
    }

    @Override
    public boolean into(byte[] parent, Found directory) {
        return takes(parent, directory) && enters(PathBytes.join(parent, directory.name()), directory.stat());
    }

    private boolean takes(byte[] parent, Found found) {
        Stat stat = found.stat();
        if (stat.isFile() && stat.size() > largestBytes || stat.isDirectory() && home.sameInode(stat)) {
            return false;
        }
        return excludes.isEmpty() || !excludes.leavesOut(PathBytes.join(parent, found.name()), stat.isDirectory());
    }

    private static boolean isCache(Listing listing, Walk walk) {
        return listing.found().stream().anyMatch(Filter::isTag)
                && beginsWithSignature(walk, PathBytes.join(listing.path(), TAG));
    }

    private static boolean isTag(Found found) {
        return found.stat().isFile() && Arrays.equals(found.name(), TAG);
    }

    private static boolean beginsWithSignature(Walk walk, byte[] tag) {
        ByteBuffer beginning = ByteBuffer.allocate(TAG_BEGINNING.length);
        try (Contents contents = walk.contents(tag)) {
            int got = 0;
            while (got >= 0 && beginning.hasRemaining()) {
                got = contents.read(beginning, beginning.position());
            }
            return Arrays.equals(beginning.array(), TAG_BEGINNING);
        } catch (IOException unreadableTagsNothing) {
            return false;
        }
    }

    private static Stat statOf(Walk walk, byte[] path) {
        try {
            return walk.stat(path);
        } catch (PosixException gone) {
            return null;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
