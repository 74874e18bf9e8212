package org.cranny.client.selection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * The folders that the owner of this machine chose, for backups for which nobody else says of what: {@code folders} in the
 * home, one path a line in its notation. Whole or not at all.
 */
public final class ChosenFolders {
    private final Home home;

    public ChosenFolders(Home home) {
        this.home = home;
    }

    /** Absolute, raw octets; empty while nothing was chosen. @throws IOException also when a line cannot be meant */
    public List<byte[]> kept() throws IOException {
        List<byte[]> paths = new ArrayList<>();
        try {
            String text = Files.readString(home.foldersFile(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
                paths.add(PathNotation.absolute(line));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (MalformedException e) {
            throw new IOException(
                    "The file " + home.foldersFile() + " is damaged: " + e.getMessage() + ". Choose the folders again.",
                    e);
        }
        return paths;
    }

    /** From now on these, in place of all others. @param paths absolute, raw octets, one at least */
    public void keep(List<byte[]> paths) throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("at least one folder is backed up");
        }
        StringBuilder lines = new StringBuilder();
        paths.forEach(path -> lines.append(PathNotation.of(path)).append('\n'));
        DurableFiles.write(home.foldersFile(), lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
