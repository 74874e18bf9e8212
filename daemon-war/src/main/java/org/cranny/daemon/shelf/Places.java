package org.cranny.daemon.shelf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

/**
 * Where everything lies: {@code fragments/<source number>/<2 hex>/<62 hex>}, and below {@code trash} the same. The folder of
 * a source of another realm is {@code <realm>-<source number>}.
 *
 * @param own realm, whose sources go by their numbers alone
 */
record Places(RealmId own, Path fragments, Path incoming, Path damaged, Path trash) {
    private static final Pattern SOURCE = Pattern.compile("(?:([0-9a-f]{16})-)?([1-9][0-9]{0,17})");
    private static final Pattern FAN = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern REST = Pattern.compile("[0-9a-f]{62}");

    Path source(SystemId source) {
        return fragments.resolve(name(source));
    }

    /** How a source is called in names of files. */
    String name(SystemId source) {
        return (source.realm().equals(own) ? "" : source.realm() + "-") + source.number();
    }

    /** Whose folder this is. */
    SystemId sourceOf(Path folder) {
        Matcher name = SOURCE.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException("no source's folder: " + folder);
        }
        RealmId realm = name.group(1) == null ? own : new RealmId(name.group(1));
        return new SystemId(realm, Long.parseLong(name.group(2)));
    }

    Path key(SystemId source) {
        return source(source).resolve("key");
    }

    Path of(SystemId source, FragmentId id) {
        return below(source(source), id);
    }

    /** Where a fragment lies when it is in the trash. */
    Path trashed(SystemId source, FragmentId id) {
        return below(trash.resolve(name(source)), id);
    }

    private static Path below(Path source, FragmentId id) {
        String hex = id.toString();
        return source.resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    static FragmentId id(Path fragment) {
        return FragmentId.of(
                fragment.getParent().getFileName() + fragment.getFileName().toString());
    }

    List<Path> sources() throws IOException {
        return sorted(fragments, SOURCE.asMatchPredicate());
    }

    List<Path> sourcesInTrash() throws IOException {
        return sorted(trash, SOURCE.asMatchPredicate());
    }

    static List<Path> fans(Path source) throws IOException {
        return sorted(source, FAN.asMatchPredicate());
    }

    static List<Path> fragments(Path fan) throws IOException {
        return sorted(fan, REST.asMatchPredicate());
    }

    private static List<Path> sorted(Path folder, Predicate<String> named) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (named.test(entry.getFileName().toString())) {
                    found.add(entry);
                }
            }
        }
        found.sort(null);
        return found;
    }
}
