package org.cranny.client.cli;

/** What {@code cranny} tells its caller; {@code docs/reference/exit-codes.md} explains each. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    WRONG_USE(2),
    SOME_UNREAD(3),
    NOT_ENOUGH_HOSTS(4),
    HOOK_FAILED(6),
    POSTPONED(7),
    PRODUCER_FAILED(8),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
