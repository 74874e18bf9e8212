package org.cranny.engine.posix;

import static org.cranny.engine.posix.Scrap.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways of staying beneath keep the same promise. */
class BeneathTest {
    private static final int LOOK = Posix.O_PATH;

    private Posix posix;
    private Scrap scrap;
    private int here;

    @BeforeEach
    void open() throws Exception {
        posix = Posix.here();
        scrap = new Scrap();
        here = scrap.open();
    }

    @AfterEach
    void close() throws Exception {
        posix.close(here);
        scrap.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensWhatLiesBeneath(boolean openat2) throws Exception {
        Path file = Files.createDirectories(scrap.path().resolve("a/b")).resolve("file");
        Files.write(file, new byte[3]);
        assertEquals(3, sizeOf(new Beneath(posix, openat2), "a/b/file"));
        int same = new Beneath(posix, openat2).open(here, new byte[0], Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        assertEquals(posix.stat(here).inode(), posix.stat(same).inode());
        posix.close(same);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesEveryWayOut(boolean openat2) throws Exception {
        Files.createDirectories(scrap.path().resolve("a/b"));
        Files.createSymbolicLink(scrap.path().resolve("up"), Path.of(".."));
        Files.createSymbolicLink(scrap.path().resolve("etc"), Path.of("/etc"));
        Files.createSymbolicLink(scrap.path().resolve("a/inside"), Path.of("b"));
        Beneath beneath = new Beneath(posix, openat2);
        for (String out :
                List.of("..", "../x", "a/../../x", "/etc", "/etc/passwd", "up/x", "etc/passwd", "a/inside/x")) {
            assertThrows(PosixException.class, () -> sizeOf(beneath, out), out);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void walksPathsLongerThanTheKernelTakes(boolean openat2) throws Exception {
        byte[] name = name("n".repeat(250));
        List<Integer> opened = new ArrayList<>(List.of(here));
        byte[] path = {};
        for (int i = 0; i < 40; i++) {
            int parent = opened.get(i);
            posix.makeDirectory(parent, name, 0700);
            opened.add(posix.open(parent, name, Posix.O_RDONLY | Posix.O_DIRECTORY, 0));
            path = PathBytes.join(path, name);
        }
        int deepest = new Beneath(posix, openat2).open(here, path, Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        assertEquals(posix.stat(opened.get(40)).inode(), posix.stat(deepest).inode());
        posix.close(deepest);
        for (int fd : opened.subList(1, opened.size())) {
            posix.close(fd);
        }
    }

    private long sizeOf(Beneath beneath, String path) throws PosixException {
        int fd = beneath.open(here, name(path), LOOK, 0);
        long size = posix.stat(fd).size();
        posix.close(fd);
        return size;
    }
}
