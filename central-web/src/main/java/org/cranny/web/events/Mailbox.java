package org.cranny.web.events;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one machine has still to be told. News that a later one makes worthless is left out, so that it stays small
 * however slowly it is emptied. Thread-safe.
 */
final class Mailbox {
    private static final int MOST_JOBS = 64;

    /** One thing to tell. @param name null for a sign of life */
    record Letter(String name, String data) {}

    private final Set<Long> jobs = new LinkedHashSet<>();
    private final Set<Long> cancelled = new LinkedHashSet<>();
    private final Set<Long> questions = new LinkedHashSet<>();
    private long masterFile;
    private boolean policy;
    private boolean upgrade;
    private boolean signOfLife;
    private boolean beingEmptied;

    synchronized void masterFile(long version) {
        masterFile = Math.max(masterFile, version);
    }

    /** Of very many jobs the first ones are told; the machine asks for the others by itself. */
    synchronized void job(long id) {
        if (jobs.size() < MOST_JOBS) {
            jobs.add(id);
        }
    }

    synchronized void cancelled(long id) {
        if (cancelled.size() < MOST_JOBS) {
            cancelled.add(id);
        }
    }

    /** Of very many questions the first ones are told; nobody waits long for the others. */
    synchronized void question(long number) {
        if (questions.size() < MOST_JOBS) {
            questions.add(number);
        }
    }

    synchronized void policy() {
        policy = true;
    }

    synchronized void upgrade() {
        upgrade = true;
    }

    synchronized void signOfLife() {
        signOfLife = true;
    }

    /** Whether the caller is the one to empty it now: nobody else is, until {@link #take} found nothing. */
    synchronized boolean beginEmptying() {
        boolean begun = !beingEmptied;
        beingEmptied = true;
        return begun;
    }

    synchronized void endEmptying() {
        beingEmptied = false;
    }

    /** Takes what comes next: first what stops work, then what somebody waits for, last what only shows that somebody is there. */
    synchronized Optional<Letter> take() {
        if (!cancelled.isEmpty()) {
            return Optional.of(new Letter("cancel", "{\"job\":" + takeFirst(cancelled) + "}"));
        }
        if (!questions.isEmpty()) {
            return Optional.of(new Letter("question", "{\"question\":" + takeFirst(questions) + "}"));
        }
        if (!jobs.isEmpty()) {
            return Optional.of(new Letter("job", "{\"job\":" + takeFirst(jobs) + "}"));
        }
        if (masterFile > 0) {
            Letter letter = new Letter("master-file", "{\"version\":" + masterFile + "}");
            masterFile = 0;
            return Optional.of(letter);
        }
        if (policy) {
            policy = false;
            return Optional.of(new Letter("policy", "{}"));
        }
        if (upgrade) {
            upgrade = false;
            return Optional.of(new Letter("upgrade", "{}"));
        }
        if (signOfLife) {
            signOfLife = false;
            return Optional.of(new Letter(null, null));
        }
        beingEmptied = false;
        return Optional.empty();
    }

    private static long takeFirst(Set<Long> set) {
        long first = set.iterator().next();
        set.remove(first);
        return first;
    }
}
