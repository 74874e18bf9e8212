package org.cranny.client.agent;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cranny.client.machine.Machine;
import org.cranny.protocol.release.ProgramAnswer;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.protocol.release.Upgrading;

/**
 * Tells central which program runs here, whenever there is news, and follows an order to upgrade by fetching it; the rest
 * is done by {@code cranny-upgrade}. Work goes on meanwhile. Whatever fails is one line in the log, and tried again with
 * the next news.
 */
final class Upgrades implements Runnable {
    private static final long LOOK_SECONDS = 5;

    private final Machine machine;
    private final Upgrading upgrading;
    private final Log log;
    private final Semaphore news = new Semaphore(0);
    private String lastTrouble = "";

    Upgrades(Machine machine, Upgrading upgrading, Log log) {
        this.machine = machine;
        this.upgrading = upgrading;
        this.log = log;
    }

    void wake() {
        news.release();
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean woken = news.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
                news.drainPermits();
                if (woken || upgrading.hasNews()) {
                    look();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            ProgramReport report = upgrading.report();
            ProgramAnswer answer = machine.central().program(report);
            upgrading.acknowledged(report);
            if (answer.upgrade() != null) {
                log.line("upgrade", "version", answer.upgrade().version());
                upgrading.follow(answer.upgrade(), machine.central()::archive);
            }
            lastTrouble = "";
        } catch (IOException | RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            if (!reason.equals(lastTrouble)) {
                log.line("program-not-told", "reason", reason);
                lastTrouble = reason;
            }
        }
    }
}
