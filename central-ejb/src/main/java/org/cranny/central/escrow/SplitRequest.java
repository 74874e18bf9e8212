package org.cranny.central.escrow;

import java.util.List;

/** Who shall keep shares of the escrow key. @param threshold how many of them together open a key ring */
public record SplitRequest(List<Officer> officers, Integer threshold) {}
