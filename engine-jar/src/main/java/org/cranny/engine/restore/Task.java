package org.cranny.engine.restore;

import java.nio.file.Path;

/** What a restore does with its target, wherever it reads from. The members are those of {@link RestoreRequest}. */
record Task(Path target, TargetRules rules, Picked picked, Overwrite overwrite, boolean delete) {}
