package org.cranny.daemon.shelf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;

/** Where everything lies: {@code fragments/<source number>/<2 hex>/<62 hex>}, and below {@code trash} the same. */
record Places(Path fragments, Path incoming, Path damaged, Path trash) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern FAN = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern REST = Pattern.compile("[0-9a-f]{62}");

    Path source(SystemId source) {
        return fragments.resolve(Long.toString(source.number()));
    }

    Path key(SystemId source) {
        return source(source).resolve("key");
    }

    Path of(SystemId source, FragmentId id) {
        return below(source(source), id);
    }

    /** Where a fragment lies when it is in the trash. */
    Path trashed(SystemId source, FragmentId id) {
        return below(trash.resolve(Long.toString(source.number())), id);
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
        return sorted(fragments, NUMBER.asMatchPredicate());
    }

    List<Path> sourcesInTrash() throws IOException {
        return sorted(trash, NUMBER.asMatchPredicate());
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
