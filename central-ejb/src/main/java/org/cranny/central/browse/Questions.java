package org.cranny.central.browse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * What sources' agents are asked just now, over the connection that each of them keeps open. A question lives in memory
 * for as long as somebody waits for its answer, and only the source that was asked sees or answers it.
 */
@ApplicationScoped
public class Questions {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST = 16;
    private static final int LONGEST_DETAIL = 500;

    private final Consumer<QuestionAsked> agents;
    private final Duration patience;
    private final SecureRandom random;
    private final Semaphore room = new Semaphore(MOST);
    private final Map<Long, Asked> open = new ConcurrentHashMap<>();

    private record Asked(long system, Question question, CompletableFuture<Answer> answer) {}

    protected Questions() {
        this((Consumer<QuestionAsked>) null, PATIENCE, null);
    }

    @Inject
    public Questions(Event<QuestionAsked> agents, SecureRandom random) {
        this(agents::fire, PATIENCE, random);
    }

    /** @param agents reach the agent that is asked @param patience how long an answer may take */
    public Questions(Consumer<QuestionAsked> agents, Duration patience, SecureRandom random) {
        this.agents = agents;
        this.patience = patience;
        this.random = random;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param member of the answer that this question is about
     * @throws ProblemException what the agent says is wrong; NO_BROWSING when it is not there or does not answer in time;
     *     TOO_OFTEN when many questions wait already
     */
    <T> T ask(long system, Question question, Function<Answer, T> member) {
        if (!room.tryAcquire()) {
            throw new ProblemException(ProblemKind.TOO_OFTEN, "many machines are asked for their files just now");
        }
        try {
            T told = member.apply(answer(system, question));
            if (told == null) {
                throw closed(system, "its agent gave no answer to this; upgrade the backup application there");
            }
            return told;
        } finally {
            room.release();
        }
    }

    private Answer answer(long system, Question question) {
        Asked asked = new Asked(system, question, new CompletableFuture<>());
        long number = random.nextLong(1, Long.MAX_VALUE / 10);
        open.put(number, asked);
        try {
            QuestionAsked news = new QuestionAsked(system, number);
            agents.accept(news);
            if (!news.isReached()) {
                throw closed(system, "its agent is not connected; try again when the machine is on");
            }
            Answer answer = asked.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.problem() != null) {
                throw refusal(system, answer.problem());
            }
            return answer;
        } catch (TimeoutException late) {
            throw closed(system, "its agent did not answer within " + patience.toSeconds() + " s; try again");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw closed(system, "central is stopping; try again");
        } finally {
            open.remove(number);
        }
    }

    /** What this source is asked. @throws ProblemException NOT_FOUND when it is not asked that, or not any more */
    public Question find(long system, long number) {
        return asked(system, number).question();
    }

    /**
     * Takes an answer; a second one changes nothing.
     *
     * @throws ProblemException BAD_REQUEST with the field, NOT_FOUND when this source is not asked that, or not any more
     */
    public void answer(long system, long number, Answer answer) {
        Asked asked = asked(system, number);
        check("entries", answer.entries() == null ? null : answer.entries().entries(), answer.entries(), asked);
        check("changes", answer.changes() == null ? null : answer.changes().changes(), answer.changes(), asked);
        check(
                "explanation",
                answer.explanation() == null ? null : answer.explanation().packs(),
                answer.explanation(),
                null);
        asked.answer().complete(answer);
    }

    private static void check(String field, List<?> lines, Object member, Asked asked) {
        boolean whole = member == null || lines != null && lines.stream().noneMatch(Objects::isNull);
        if (!whole
                || asked != null
                        && lines != null
                        && lines.size() > asked.question().limit()) {
            throw new ProblemException(Problem.ofField(field, "it lacks its lines, or has more than were asked for"));
        }
    }

    /** What a machine says is wrong, with nothing of its own beside the words. */
    private static ProblemException refusal(long system, Problem problem) {
        String detail = String.valueOf(problem.detail());
        String said = detail.substring(0, Math.min(LONGEST_DETAIL, detail.length()));
        if (ProblemKind.NOT_FOUND.name().equals(problem.kind())) {
            return new ProblemException(ProblemKind.NOT_FOUND, said);
        }
        if (ProblemKind.BAD_REQUEST.name().equals(problem.kind())) {
            return new ProblemException(Problem.ofField(problem.field(), said));
        }
        return closed(system, "its agent says: " + said);
    }

    private Asked asked(long system, long number) {
        Asked asked = open.get(number);
        if (asked == null || asked.system() != system) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "nobody waits for this answer");
        }
        return asked;
    }

    private static ProblemException closed(long system, String why) {
        return new ProblemException(
                ProblemKind.NO_BROWSING,
                "central has no key that lists the files of system " + system + ", and " + why);
    }
}
