package org.cranny.quickstart;

/** {@code bin/quickstart}. */
public final class Main {

    private Main() {}
}
