package org.cranny.central.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.database.Database;

/** Tells news about jobs, once it is on disk. */
@ApplicationScoped
public class JobBell {
    private static final Logger LOGGER = Logger.getLogger(JobBell.class.getName());

    private final Database database;
    private final Consumer<JobNews> listeners;

    protected JobBell() {
        this(null, (Consumer<JobNews>) null);
    }

    @Inject
    public JobBell(Database database, Event<JobNews> event) {
        this(database, (Consumer<JobNews>) event::fire);
    }

    public JobBell(Database database, Consumer<JobNews> listeners) {
        this.database = database;
        this.listeners = listeners;
    }

    void ring(JobRow job, JobNews.What what) {
        JobNews news = new JobNews(job.system(), job.id(), what);
        database.afterwards(() -> tell(news));
    }

    /** Whoever fails to hear asks in a while. */
    private void tell(JobNews news) {
        try {
            listeners.accept(news);
        } catch (RuntimeException unheard) {
            LOGGER.log(Level.WARNING, "job " + news.job() + " could not be told", unheard);
        }
    }
}
