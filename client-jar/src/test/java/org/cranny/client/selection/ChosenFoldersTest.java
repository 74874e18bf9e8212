package org.cranny.client.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.client.home.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenFoldersTest {
    @TempDir
    Path folder;

    @Test
    void keepsNamesThatAreNoText() throws IOException {
        byte[] odd = {'/', 'a', (byte) 0xff, '\n', '\\'};
        ChosenFolders chosen = new ChosenFolders(Home.at(folder));
        assertEquals(List.of(), chosen.kept());
        chosen.keep(List.of(odd, new byte[] {'/'}));
        List<byte[]> kept = new ChosenFolders(Home.at(folder)).kept();
        assertEquals(2, kept.size());
        assertArrayEquals(odd, kept.get(0));
    }

    @Test
    void saysWhenItsFileIsDamaged() throws IOException {
        Files.writeString(folder.resolve("folders"), "relative\n");
        String said = assertThrows(IOException.class, () -> new ChosenFolders(Home.at(folder)).kept())
                .getMessage();
        assertTrue(said.contains("Choose the folders again"), said);
    }
}
