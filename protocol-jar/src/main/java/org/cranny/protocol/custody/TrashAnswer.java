package org.cranny.protocol.custody;

import java.util.List;

/** What became of a trash order. @param done hex ids @param absent those that are not where they would have to be @param early those that were not in the trash for long enough */
public record TrashAnswer(List<String> done, List<String> absent, List<String> early) {}
