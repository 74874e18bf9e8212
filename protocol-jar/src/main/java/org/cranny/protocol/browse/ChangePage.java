package org.cranny.protocol.browse;

import java.util.List;

/** A page of changes. @param from whole id @param to whole id @param next what to give as {@code after}, or null */
public record ChangePage(String from, String to, List<ChangeLine> changes, String next) {}
