package org.cranny.client.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.guest.Guest;
import org.cranny.client.home.Home;
import org.cranny.protocol.problem.ProblemException;

/**
 * The places of lost machines that this machine took: each has an agent of its own within this one, so that its
 * backups, jobs and policies go on. Has no work itself; being asked for some, it looks for new places.
 */
final class Places implements WorkSource, AutoCloseable {
    private static final long PATIENCE_MILLIS = 3_000;

    private final Home home;
    private final Log log;
    private final Ending.Judge judge;
    private final List<WorkSource> others;
    private final Guest guest;
    private final Map<Path, Thread> agents = new HashMap<>();

    Places(Home home, Log log, Ending.Judge judge, List<WorkSource> others, Guest guest) {
        this.home = home;
        this.log = log;
        this.judge = judge;
        this.others = others;
        this.guest = guest;
    }

    @Override
    public Optional<Work> next() throws IOException {
        if (!Files.isDirectory(home.places())) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(home.places())) {
            for (Path folder : folders) {
                Home place = Home.at(folder);
                if (place.enrolled()) {
                    agents.computeIfAbsent(place.folder(), key -> started(place));
                }
            }
        }
        return Optional.empty();
    }

    private Thread started(Home place) {
        Thread thread = new Thread(() -> serve(place), "place-" + place.folder().getFileName());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Home place) {
        try {
            new Agent(place, log, judge, others, guest.of(place)).run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | ProblemException failed) {
            log.line("trouble", "place", place.folder().getFileName(), "reason", failed.getMessage());
        }
    }

    @Override
    public void close() throws InterruptedException {
        agents.values().forEach(Thread::interrupt);
        for (Thread agent : agents.values()) {
            agent.join(PATIENCE_MILLIS);
        }
    }
}
