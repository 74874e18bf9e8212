package org.cranny.client.report;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts work and shows it, at most as often as the display wants, however many threads do it. Counting costs next to
 * nothing. After {@link #close} nothing is shown any more.
 */
public final class Progress implements AutoCloseable {
    private static final long MILLION = 1_000_000;

    private final Display display;
    private final LongSupplier nanos;
    private final long begun;
    private final Pace pace = new Pace();
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private final AtomicLong filesTotal = new AtomicLong();
    private final AtomicLong bytesTotal = new AtomicLong();
    private final AtomicLong nextShow;
    private final long intervalNanos;
    private boolean closed;

    Progress(Display display, LongSupplier nanos) {
        this.display = display;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        long interval = display.intervalMillis();
        this.intervalNanos = interval > Long.MAX_VALUE / 4 / MILLION ? Long.MAX_VALUE / 4 : interval * MILLION;
        this.nextShow = new AtomicLong(begun + intervalNanos);
        pace.add(begun, counts());
    }

    /** The one that fits this screen. @param what the verb that begins each line, for example {@code Backing up} */
    public static Progress on(Screen screen, String what, boolean json, boolean quiet) {
        Progress progress = new Progress(display(screen, what, json, quiet), System::nanoTime);
        if (json || !quiet) {
            progress.startClock();
        }
        return progress;
    }

    /** Tells somebody instead of showing it. */
    public static Progress to(ProgressListener listener) {
        Progress progress = new Progress(Displays.told(listener), System::nanoTime);
        progress.startClock();
        return progress;
    }

    /** Keeps rate and remaining time true while nothing is counted. */
    private void startClock() {
        Thread clock = new Thread(this::tickUntilClosed, "progress");
        clock.setDaemon(true);
        clock.start();
    }

    private synchronized void tickUntilClosed() {
        try {
            while (!closed) {
                wait(intervalNanos / MILLION);
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Display display(Screen screen, String what, boolean json, boolean quiet) {
        if (json) {
            return Displays.json(screen);
        }
        if (quiet) {
            return Displays.quiet(screen);
        }
        return screen.terminal() ? Displays.bar(screen, what) : Displays.lines(screen, what);
    }

    /** Whether {@link #total} is worth counting for. */
    public boolean wantsTotal() {
        return display.wantsTotal();
    }

    /** What there is to do, as far as it is known now. */
    public void total(long files, long bytes) {
        filesTotal.set(files);
        bytesTotal.set(bytes);
        tick();
    }

    public void done(long files, long bytes) {
        this.files.add(files);
        this.bytes.add(bytes);
        tick();
    }

    public void stored(long bytes) {
        stored.add(bytes);
        tick();
    }

    /** About a file. @param path raw octets */
    public void warning(byte[] path, String reason) {
        warning(Names.printable(path), reason);
    }

    /** @param about what it is about, as text, or null */
    public synchronized void warning(String about, String reason) {
        warnings.increment();
        if (!closed) {
            display.warning(about, Names.printable(reason));
        }
    }

    public synchronized void notice(String line) {
        if (!closed) {
            display.notice(Names.printable(line));
        }
    }

    /** Something that programs have to tell from other notices. @param line what they are told @param sentence for people */
    public synchronized void event(JsonLine line, String sentence) {
        if (!closed) {
            display.event(line, Names.printable(sentence));
        }
    }

    public Counts counts() {
        return new Counts(files.sum(), filesTotal.get(), bytes.sum(), bytesTotal.get(), stored.sum(), warnings.sum());
    }

    public long elapsedMillis() {
        return (nanos.getAsLong() - begun) / MILLION;
    }

    private void tick() {
        long now = nanos.getAsLong();
        long next = nextShow.get();
        if (now - next >= 0 && nextShow.compareAndSet(next, now + intervalNanos)) {
            show(now);
        }
    }

    private synchronized void show(long now) {
        if (closed) {
            return;
        }
        Counts counts = counts();
        pace.add(now, counts);
        display.show(counts, pace);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            notifyAll();
            display.end();
        }
    }
}
