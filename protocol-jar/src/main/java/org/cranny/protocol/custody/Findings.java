package org.cranny.protocol.custody;

import java.util.List;

/** Copies that their source found missing or wrong. @param findings at most {@link #MOST} */
public record Findings(List<Finding> findings) {
    public static final int MOST = 1_000;
}
