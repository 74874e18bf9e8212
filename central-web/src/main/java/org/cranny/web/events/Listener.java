package org.cranny.web.events;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * One machine that listens. Its mailbox is emptied by one thread at a time, so that a machine that takes long to hear
 * holds up that thread and nobody else, and for no longer than the server's patience with a write. It ends when a write
 * fails, when it is closed, and is forgotten then.
 */
final class Listener {
    private final long system;
    private final Outlet outlet;
    private final Executor tellers;
    private final Consumer<Listener> ended;
    private final Mailbox mailbox = new Mailbox();
    private volatile boolean closed;
    private volatile long told;

    /** @param ended hears once that it is over */
    Listener(long system, Outlet outlet, Executor tellers, Consumer<Listener> ended) {
        this.system = system;
        this.outlet = outlet;
        this.tellers = tellers;
        this.ended = ended;
    }

    long system() {
        return system;
    }

    /** Tells that this version of the master file is there. */
    void masterFile(long version) {
        told = Math.max(told, version);
        tell(box -> box.masterFile(version));
    }

    /** Puts something into the mailbox and sees to it that it is told. */
    void tell(Consumer<Mailbox> letter) {
        letter.accept(mailbox);
        begin();
    }

    /** A sign of life, and the master file when this version was not told before. */
    void hear(long masterFile) {
        tell(Mailbox::signOfLife);
        if (masterFile > told) {
            masterFile(masterFile);
        }
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        ended.accept(this);
        outlet.close();
    }

    private void begin() {
        if (!closed && mailbox.beginEmptying()) {
            try {
                tellers.execute(this::tellAll);
            } catch (RejectedExecutionException e) {
                mailbox.endEmptying();
            }
        }
    }

    private void tellAll() {
        for (Optional<Mailbox.Letter> next = mailbox.take(); next.isPresent() && !closed; next = mailbox.take()) {
            tell(next.get());
        }
    }

    private void tell(Mailbox.Letter letter) {
        try {
            if (letter.name() == null) {
                outlet.keepAlive();
            } else {
                outlet.event(letter.name(), letter.data());
            }
        } catch (IOException | RuntimeException gone) {
            close();
        }
    }
}
