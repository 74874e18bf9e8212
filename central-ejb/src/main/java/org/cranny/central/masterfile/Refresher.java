package org.cranny.central.masterfile;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.HostsChanged;

/**
 * Makes a new master file soon after news: what arrives within the delay is gathered, and nothing is lost, since news
 * that comes while a file is being made asks for the next one. What fails here the timer makes good.
 */
@ApplicationScoped
public class Refresher {
    private static final Logger LOGGER = Logger.getLogger(Refresher.class.getName());

    private final MasterFiles masterFiles;
    private final Hosts hosts;
    private final Settings settings;
    private final AtomicReference<String> waiting = new AtomicReference<>();

    @Resource
    private ManagedScheduledExecutorService container;

    private ScheduledExecutorService executor;

    protected Refresher() {
        this(null, null, null, null);
    }

    @Inject
    public Refresher(MasterFiles masterFiles, Hosts hosts, Settings settings) {
        this(masterFiles, hosts, settings, null);
    }

    public Refresher(MasterFiles masterFiles, Hosts hosts, Settings settings, ScheduledExecutorService executor) {
        this.masterFiles = masterFiles;
        this.hosts = hosts;
        this.settings = settings;
        this.executor = executor;
    }

    public void hostsChanged(@Observes HostsChanged news) {
        if (!waiting.compareAndSet(null, news.reason())) {
            return;
        }
        try {
            long delay = settings.masterFileDelay(hosts.count()).toMillis();
            executor().schedule(this::refresh, delay, TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            waiting.set(null);
            LOGGER.log(Level.WARNING, "the master file is not refreshed at once, the timer will do it", e);
        }
    }

    private void refresh() {
        String reason = waiting.getAndSet(null);
        try {
            masterFiles.refresh(reason);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the master file could not be refreshed, the timer will try again", e);
        }
    }

    private ScheduledExecutorService executor() {
        return executor == null ? container : executor;
    }
}
