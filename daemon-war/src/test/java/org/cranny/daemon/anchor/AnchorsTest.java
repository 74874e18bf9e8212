package org.cranny.daemon.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorsTest {
    private static final TestRealm REALM = new TestRealm();
    private static final String ONE = "1".repeat(64);
    private static final String OTHER = "2".repeat(64);

    @TempDir
    Path folder;

    private Home home;
    private Anchors anchors;

    @BeforeEach
    void open() throws IOException {
        home = REALM.home(folder, REALM.member(7), TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:2"));
        anchors = reopened();
    }

    private Anchors reopened() throws IOException {
        return new Anchors(home, new Realm(home, Identity.load(home)));
    }

    @Test
    void keepsWhatGoesOnOverARestart() throws IOException {
        String first = REALM.anchor(5, ONE);
        String second = REALM.anchor(9, OTHER);
        anchors.keep(first);
        anchors.keep(second);
        anchors.keep(REALM.anchor(9, OTHER));
        assertEquals(List.of(second, first), anchors.newest(10));
        assertEquals(List.of(second), reopened().newest(1));
        assertEquals(2, Files.readAllLines(home.state("log-anchors")).size());
    }

    @Test
    void refusesAnotherPast() throws IOException {
        anchors.keep(REALM.anchor(9, ONE));
        refused(ProblemKind.VERSION_CONFLICT, REALM.anchor(9, OTHER));
        refused(ProblemKind.VERSION_CONFLICT, REALM.anchor(8, ONE));
        anchors = reopened();
        refused(ProblemKind.VERSION_CONFLICT, REALM.anchor(8, ONE));
        assertEquals(1, anchors.newest(10).size());
    }

    @Test
    void refusesWhatTheRealmDidNotSign() {
        refused(ProblemKind.BAD_REQUEST, new TestRealm().anchor(5, ONE));
        refused(ProblemKind.BAD_REQUEST, "");
        refused(ProblemKind.BAD_REQUEST, null);
        assertEquals(List.of(), anchors.newest(10));
    }

    private void refused(ProblemKind kind, String anchor) {
        ProblemException problem = assertThrows(ProblemException.class, () -> anchors.keep(anchor));
        assertEquals(kind.name(), problem.problem().kind());
    }
}
