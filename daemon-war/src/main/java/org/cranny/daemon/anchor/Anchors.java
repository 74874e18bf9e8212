package org.cranny.daemon.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Realm;
import org.cranny.protocol.anchor.LogAnchor;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;

/**
 * Keeps heads of central's log on the disk. Each is signed by the realm and further on than the one before, and nobody
 * can have one taken away: a central that writes another past is contradicted here. Of very many the older ones are
 * thinned, every second one, so that the file stays small. Thread-safe.
 */
public final class Anchors {
    /** More than two years of hours. */
    private static final int MOST = 20_000;

    private final Path file;
    private final Realm realm;
    private List<String> lines;
    private LogAnchor newest;

    public Anchors(Home home, Realm realm) throws IOException {
        this.file = home.state("log-anchors");
        this.realm = realm;
        lines = Files.notExists(file) ? new ArrayList<>() : new ArrayList<>(Files.readAllLines(file));
        newest = lines.isEmpty() ? null : last();
    }

    private LogAnchor last() throws IOException {
        try {
            return open(lines.get(lines.size() - 1));
        } catch (MalformedException e) {
            throw new IOException("state/log-anchors is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps an anchor; returns when it is on the disk. The newest one again changes nothing.
     *
     * @throws ProblemException BAD_REQUEST when the realm did not sign it; VERSION_CONFLICT when it says something else
     *     about the past than the one before
     */
    public synchronized void keep(String text) throws IOException {
        LogAnchor next = read(text);
        if (newest != null && next.sequence() <= newest.sequence()) {
            if (next.sequence() == newest.sequence() && next.hash().equals(newest.hash())) {
                return;
            }
            throw new ProblemException(
                    ProblemKind.VERSION_CONFLICT,
                    "entry " + newest.sequence() + " of the log was anchored here before, with another past");
        }
        List<String> all = new ArrayList<>(thinned());
        all.add(text);
        Home.replace(file, (String.join("\n", all) + "\n").getBytes(StandardCharsets.US_ASCII));
        lines = all;
        newest = next;
    }

    private List<String> thinned() {
        if (lines.size() < MOST) {
            return lines;
        }
        List<String> fewer = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (i >= lines.size() / 2 || i % 2 == 0) {
                fewer.add(lines.get(i));
            }
        }
        return fewer;
    }

    /** The newest, newest first. */
    public synchronized List<String> newest(int limit) {
        List<String> some = new ArrayList<>(lines.subList(Math.max(0, lines.size() - limit), lines.size()));
        Collections.reverse(some);
        return some;
    }

    private LogAnchor read(String text) {
        try {
            LogAnchor anchor = open(text == null ? "" : text);
            if (anchor.realm().equals(realm.id())) {
                return anchor;
            }
        } catch (MalformedException e) {
            throw new ProblemException(Problem.ofField("anchor", "this is no anchor of the realm: " + e.getMessage()));
        }
        throw new ProblemException(Problem.ofField("anchor", "this anchor is of another realm"));
    }

    private LogAnchor open(String text) throws MalformedException {
        return LogAnchor.open(Signed.parse(text), realm.catalogueKey());
    }
}
