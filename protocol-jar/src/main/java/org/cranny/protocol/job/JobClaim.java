package org.cranny.protocol.job;

/** An agent asks for work. @param agent 32 hexadecimal digits that its home keeps: the same one gets a job back at once that it had when it ended */
public record JobClaim(String agent) {}
