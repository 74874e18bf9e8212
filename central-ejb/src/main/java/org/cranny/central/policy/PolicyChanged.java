package org.cranny.central.policy;

import java.util.List;

/** News: what holds for these sources is no longer so. @param everybody whether for all; then {@code systems} is empty */
public record PolicyChanged(boolean everybody, List<Long> systems, String reason) {}
