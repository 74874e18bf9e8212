package org.cranny.protocol.job;

import java.util.List;

/** One page of a job's paths. @param page counted from 1 @param pages how many there are @param paths in the notation of {@code docs/reference/json.md} */
public record JobPaths(int page, int pages, List<String> paths) {}
