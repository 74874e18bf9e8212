package org.cranny.protocol.receipt;

import java.util.List;

/** A page of a source's fragments on one host, in the order of their ids. @param next id to ask after, null at the end */
public record KeptList(List<Kept> fragments, String next) {}
