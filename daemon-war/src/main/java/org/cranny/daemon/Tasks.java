package org.cranny.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is done again and again for as long as the daemon runs. A task that fails is done again soon: the server would fire a
 * timer whose method throws once more, and then never.
 */
final class Tasks {
    private static final Logger LOG = System.getLogger(Tasks.class.getName());
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    interface Task {
        /** @return how long until it is to be done again */
        Duration run() throws IOException, InterruptedException;
    }

    void add(String name, Task task) {
        tasks.put(name, task);
    }

    /** Does it once; never fails. Of failures one after another the first is said at length. @return when to do it again */
    Duration run(String name) {
        try {
            Duration pause = tasks.get(name).run();
            if (failing.remove(name)) {
                LOG.log(Level.INFO, "{0} works again", name);
            }
            return pause;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AFTER_TROUBLE;
        } catch (IOException | RuntimeException e) {
            if (failing.add(name)) {
                LOG.log(Level.WARNING, name + " failed, and is tried again and again", e);
            }
            return AFTER_TROUBLE;
        }
    }
}
