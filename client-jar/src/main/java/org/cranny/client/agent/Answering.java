package org.cranny.client.agent;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.engine.browse.Listing;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.Explanation;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.browse.QuestionKind;
import org.cranny.protocol.browse.Wanted;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Answers what central asks about this machine's snapshots, one question at a time and beside the work. Of very many
 * questions the newest are dropped: whoever asks hears in a while that there is no answer.
 */
final class Answering implements AutoCloseable {
    private static final int MOST_WAITING = 16;
    private static final int LARGEST_PAGE = 1_000;

    private final Home home;
    private final Log log;
    private final ExecutorService thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Answering::daemon,
            new ThreadPoolExecutor.DiscardPolicy());

    Answering(Home home, Log log) {
        this.home = home;
        this.log = log;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "answering");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns at once. */
    void asked(long number) {
        thread.execute(() -> answer(number));
    }

    private void answer(long number) {
        try (Machine machine = Machine.open(home)) {
            Question question = machine.central().question(number);
            machine.central().answer(number, answer(machine, question));
            log.line("listed-for-central", "what", question.kind());
        } catch (IOException | RuntimeException failed) {
            log.line("question-not-answered", "reason", failed.getMessage());
        }
    }

    private static Answer answer(Machine machine, Question question) {
        try (Backups backups = machine.toRead();
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            return answer(new Listing(backups.source(), chunks), question, holders(backups));
        } catch (ProblemException wrong) {
            return Answer.of(wrong.problem());
        } catch (HomeBusyException busy) {
            return Answer.of(
                    Problem.of(ProblemKind.NO_BROWSING, "a backup is made there just now; try again after it"));
        } catch (IOException failed) {
            return Answer.of(Problem.of(ProblemKind.NO_BROWSING, failed.getMessage()));
        }
    }

    private static Answer answer(Listing listing, Question asked, Listing.Holders holders) throws IOException {
        int limit = Math.min(asked.limit(), LARGEST_PAGE);
        return switch (kind(asked)) {
            case TREE -> Answer.of(listing.list(asked.snapshot(), asked.path(), asked.after(), limit));
            case SEARCH ->
                Answer.of(listing.search(
                        asked.snapshot(),
                        new Wanted(asked.path(), asked.name(), asked.from(), asked.until()),
                        asked.after(),
                        limit));
            case VERSIONS -> Answer.of(listing.versions(asked.path()));
            case DIFFERENCE ->
                Answer.of(listing.difference(asked.snapshot(), asked.to(), asked.path(), asked.after(), limit));
            case EXPLAIN -> Answer.of(listing.explain(asked.snapshot(), asked.path(), holders));
        };
    }

    private static QuestionKind kind(Question asked) {
        try {
            return QuestionKind.valueOf(asked.kind());
        } catch (IllegalArgumentException | NullPointerException unknown) {
            throw new ProblemException(
                    ProblemKind.NO_BROWSING, "the backup application there is too old to answer this; upgrade it");
        }
    }

    /** As the master file that this machine has knows them. */
    private static Listing.Holders holders(Backups backups) {
        return numbers -> backups.hosts().stream()
                .filter(host -> numbers.contains(host.id()))
                .collect(Collectors.toMap(
                        Host::id,
                        host -> new Explanation.HolderLine(
                                host.id(), host.name(), host.state().name())));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
