package org.cranny.engine.walk;

/** Says which directories are worth listing ahead: not the ones that the reader will leave out. Called by many threads. */
@FunctionalInterface
public interface Descent {
    Descent EVERYWHERE = (parent, directory) -> true;

    boolean into(byte[] parent, Found directory);
}
